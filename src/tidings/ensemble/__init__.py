"""Many members: run, sum up, save."""
