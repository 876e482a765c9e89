"""The crisis folder: what people write by hand, checked as a whole; nobody else opens its files."""
