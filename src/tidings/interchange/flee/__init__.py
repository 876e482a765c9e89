"""Folders of the simulator Flee: read as they are, run under our own rules, written."""
