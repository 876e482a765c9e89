"""Write docs/reference/cli.md from the help of the commands, and docs/reference/api.md from the public names.

python tools/write_reference.py
"""

from __future__ import annotations

import inspect
from pathlib import Path

import click

import tidings

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WIDTH = 100
WRITTEN = "<!-- Written by 'make docs' from the code: do not edit. -->\n"


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


def reference_texts() -> dict[str, str]:
    """Return the text of every page by its name."""
    from tidings.cli import cli

    return {"cli.md": cli_text(cli), "api.md": api_text()}


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in reference_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
