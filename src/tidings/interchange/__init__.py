"""Foreign formats in and out, one a package."""
