"""The contract of the docs: every command, public name, parameter and document has a doc line and a test."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
import yaml

import tidings
from tidings.cli import cli
from tools.check_licences import canonical, locked_names
from tools.write_reference import leaves, reference_texts

ASKING = frozenset({"isinstance", "issubclass", "raises"})
"""Calls that test a type when it is an argument."""
ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
EXTRAS = ("calibrate", "cluster", "osm", "zarr")
"""Of pyproject.toml: what users may add. A module imports them only where it is asked to use them."""


def names_used(text: str) -> set[str]:
    """Return the names that a test takes from the package, by import or as `tidings.NAME`, and calls."""
    tree = ast.parse(text)
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    imported = {alias.name for node in froms if (node.module or "").startswith("tidings") for alias in node.names}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    touched = [node.func for node in calls] + [arg for call in calls if _asks(call) for arg in call.args]
    return {name for node in touched if (name := _public_root(node, imported))}


def _asks(call: ast.Call) -> bool:
    return (call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")) in ASKING


def _public_root(node: ast.AST, imported: set[str]) -> str:
    """Return the name at the root of `NAME`, `NAME.of`, `tidings.NAME` or `tidings.NAME.of`; else nothing."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    root = node.id if isinstance(node, ast.Name) else ""
    if root == "tidings" and parts:
        return parts[0]
    return root if root in imported else ""


TEST_TEXTS = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))
TESTS = "\n".join(TEST_TEXTS)
USED = {name for text in TEST_TEXTS for name in names_used(text)}
COMMANDS = leaves(cli)
PUBLIC = sorted(getattr(tidings, "__all__", ()))
PARAMETERS = ROOT / "src" / "tidings" / "flow" / "parameters.yaml"
PAGES = sorted({*DOCS.rglob("*.md"), *ROOT.glob("*.md")})


@pytest.mark.parametrize("name", sorted(reference_texts()))
def test_the_reference_pages_are_current(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == reference_texts()[name], "run 'make docs'"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_with_an_example_and_a_json_form(name: str) -> None:
    command = COMMANDS[name]
    assert command.help is not None
    assert "Example:" in command.help
    assert f"tidings {name}" in command.help
    assert "--json" in {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_says_what_it_is_for(name: str) -> None:
    options = [parameter for parameter in COMMANDS[name].params if isinstance(parameter, click.Option)]
    assert not [option.name for option in options if not option.help]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_run_by_a_test(name: str) -> None:
    words = r"""["'],? ["']""".join(name.split())  # as in tidings("export", "flee", folder), or in one text
    assert re.search(rf"""["']{words}["'\s]|["']{name}["'\s]""", TESTS)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_documented_and_tested(name: str) -> None:
    assert (getattr(tidings, name).__doc__ or "").strip()
    assert name in USED, f"no test imports {name} and calls it (a type: makes one, or asks whether something is one)"


def test_a_word_in_a_text_or_an_import_alone_is_no_test_of_a_name() -> None:
    used = names_used("""
from tidings.a import called, only_imported
import tidings
called(1)
tidings.Made.of(2)
isinstance(3, tidings.Asked)
print("only_written", only_imported)
elsewhere()
""")
    assert used == {"called", "Made", "Asked"}


def test_there_are_at_most_forty_public_names() -> None:
    assert len(PUBLIC) <= 40


def test_every_parameter_of_the_flow_is_in_the_model_page() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    named = yaml.safe_load(PARAMETERS.read_text(encoding="utf-8"))
    names = named if isinstance(named, dict) else [entry["name"] for entry in named]
    assert names
    assert not [name for name in names if f"`{name}`" not in page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_from_a_page_to_the_project_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert not [target for target in local if not (page.parent / target).exists()]


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = (DOCS / "index.md").read_text(encoding="utf-8")
    assert not [path.name for path in DOCS.glob("*.md") if path.name != "index.md" and f"({path.name})" not in contents]


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert not [path.name for path in (DOCS / "decisions").glob("[0-9]*.md") if f"({path.name})" not in listed]


def declared_dependencies(*extras: str) -> set[str]:
    """Return the names of the runtime dependencies of pyproject.toml, those of extras besides."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    return {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}


def test_every_runtime_dependency_has_its_reason() -> None:
    page = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    names = declared_dependencies(*EXTRAS)
    assert not [name for name in names if not re.search(rf"^\| {re.escape(name)} \|", page, re.MULTILINE)]


def test_every_runtime_dependency_is_locked() -> None:
    assert declared_dependencies() <= set(locked_names(ROOT / "requirements.lock"))
    assert declared_dependencies(*EXTRAS) <= set(locked_names(ROOT / "requirements-extras.lock"))


def test_every_package_that_is_imported_is_a_declared_dependency() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE)) - sys.stdlib_module_names
    distributions = packages_distributions()
    named = {canonical(name) for package in imported & set(distributions) for name in distributions[package]}
    with_others = {"tidings", "pydantic-core"}
    assert named - with_others <= declared_dependencies(*EXTRAS)
