"""The command line: parse, call, print; the only package that prints or exits."""

from tidings.cli.commands import cli, main

__all__ = ["cli", "main"]
