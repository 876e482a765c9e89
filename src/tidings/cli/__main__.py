"""`python -m tidings.cli`: the command line."""

from tidings.cli.commands import main

main()
