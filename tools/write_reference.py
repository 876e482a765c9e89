"""Write the pages of docs/reference: the commands from their help, the public names, the files of the crisis folder.

python tools/write_reference.py
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click

import tidings
from tidings.core.schema import Schema
from tidings.crisis.crisis import Settings
from tidings.crisis.tables import BULLETINS, CROSSINGS, PARTIES, PLACES, ROADS
from tidings.evidence.tables import StateRow

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH = 100
STATUSES = """\
Exit status: 0 done; 1 the input is wrong; 2 the command line is wrong; 3 the environment is wrong (no disk, no server,
no browser); 130 ended by Ctrl-C, and 143 a simulation ended by SIGTERM: what a simulation into a file had finished is
kept, and the same command goes on from there."""
WRITTEN = "<!-- Written by 'make docs' from the code: do not edit. -->\n"

ABOUT_FOLDER = """\
Files for a text editor or a spreadsheet: CSV in UTF-8, an empty cell is unknown and never zero, other names are joined
by `|`. Places, crossings and parties may be named by id or by a name that only one has. Unknown columns and keys are
refused by name; `tidings check DIR` tells every problem at once. `reports/` keeps the files as received, `ledger.db`
the claims. A table of bulletins or of states can also be added as evidence: `tidings add DIR TABLE.csv`."""


def command_section(name: str, command: click.Command, group: click.Group) -> str:
    """Return the section of one command: its help, as `tidings NAME --help` prints it."""
    above = click.Context(group, info_name="tidings", terminal_width=WIDTH, **group.context_settings)
    context = click.Context(command, parent=above, info_name=name, terminal_width=WIDTH)
    return f"## `tidings {name}`\n\n```text\n{command.get_help(context)}\n```\n"


def leaves(group: click.Group, prefix: str = "") -> dict[str, click.Command]:
    """Return every command that does something, by its full name, in the order of their names.

    Examples
    --------
    >>> sorted(leaves(click.Group(commands={"read": click.Command("read")})))
    ['read']
    """
    found: dict[str, click.Command] = {}
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            found |= leaves(command, f"{prefix}{name} ")
        else:
            found[f"{prefix}{name}"] = command
    return found


def cli_text(group: click.Group) -> str:
    """Return docs/reference/cli.md."""
    sections = [command_section(name, command, group) for name, command in leaves(group).items()]
    head = "# The command line\n\nWhat each command prints for `--help`. What its JSON holds: [schemas](schemas/).\n"
    head += f"\n{STATUSES}\n"
    return "\n".join([WRITTEN + head, *sections])


def api_line(name: str) -> str:
    """Return one public name with the first line of its docstring."""
    value = getattr(tidings, name)
    first = (inspect.getdoc(value) or "").partition("\n")[0]
    signature = str(inspect.signature(value)).replace("'", "") if inspect.isfunction(value) else ""
    return f"- `{name}{signature}`: {first}"


def api_text() -> str:
    """Return docs/reference/api.md."""
    names = sorted(getattr(tidings, "__all__", ()), key=str.lower)
    return "\n".join([f"{WRITTEN}# The public names\n\nAll of `import tidings`.\n", *map(api_line, names), ""])


def field_rows(model: type[Schema]) -> Iterator[str]:
    """Return a row for each field of a file: its name, whether it must be filled, and what it holds."""
    for name, field in model.model_fields.items():
        needed = "yes" if field.is_required() else ""
        holds = " ".join((field.description or "").replace("|", r"\|").split())
        yield f"| `{field.alias or name}` | {needed} | {holds} |"


def folder_text() -> str:
    """Return docs/reference/folder.md: the files of a crisis folder and their columns, from the types."""
    table = "| column or key | must be filled | holds |\n|---|---|---|"
    tables = (PLACES, ROADS, CROSSINGS, PARTIES, BULLETINS)
    files = [("crisis.yaml", Settings), *((one.file, one.model) for one in tables), ("a table of states", StateRow)]
    parts = [
        "\n".join([f"## {name}\n\n{inspect.getdoc(model)}\n\n{table}", *field_rows(model)]) for name, model in files
    ]
    return "\n\n".join([f"{WRITTEN}# The crisis folder\n\n{ABOUT_FOLDER}", *parts]) + "\n"


def reference_texts() -> dict[str, str]:
    """Return the text of every page by its name."""
    from tidings.cli import cli

    return {"cli.md": cli_text(cli), "api.md": api_text(), "folder.md": folder_text()}


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in reference_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
