"""Packaged crisis folders: northern Aleppo in February 2016, and an invented country of seven places."""

from tidings.examples.packaged import copy_example, example_names, example_reports, is_example

__all__ = ["copy_example", "example_names", "example_reports", "is_example"]
