"""The contract of tools.check_licences: what is not permissive is refused, and nothing locked is passed over."""

from __future__ import annotations

from email.message import Message
from importlib.metadata import Distribution, PackagePath
from pathlib import Path

import pytest

from tools.check_licences import ROOT, is_permissive, licence_of, locked_names, problems_of


class Described(Distribution):
    """A distribution that says of itself what a test wants."""

    def __init__(self, files: tuple[str, ...] = (), **headers: str) -> None:
        self.headers = headers
        self.listed = files

    def read_text(self, filename: str) -> str | None:
        message = Message()
        for name, value in self.headers.items():
            message[name.replace("_", "-")] = value
        return message.as_string() if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        return Path(str(path))

    @property
    def files(self) -> list[PackagePath]:
        return [PackagePath(name) for name in self.listed]


@pytest.mark.parametrize("expression", ["GPL-3.0-or-later", "MIT AND LGPL-2.1-only", "AGPL-3.0", "", "Proprietary"])
def test_a_licence_that_is_not_permissive_is_refused(expression: str) -> None:
    assert not is_permissive(expression)
    wrong = Described(Name="gloomy", Version="1", License=expression)
    assert any("is not permissive" in problem for problem in problems_of("gloomy", wrong))


@pytest.mark.parametrize("expression", ["MIT", "BSD-3-Clause AND Zlib", "GPL-2.0 OR MIT"])
def test_a_permissive_alternative_is_enough(expression: str) -> None:
    assert is_permissive(expression)


def test_the_licence_expression_goes_before_the_classifier() -> None:
    both = Described(
        Name="x", Version="1", License_Expression="ISC", Classifier="License :: OSI Approved :: MIT License"
    )
    assert licence_of(both) == "ISC"
    assert licence_of(Described(Name="x", Version="1", Classifier="License :: OSI Approved :: MIT License")) == "MIT"


def test_the_certificates_that_requests_brings_are_accepted_and_nothing_else_of_their_licence() -> None:
    mozilla = "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)"
    assert not list(problems_of("certifi", Described(Name="certifi", Version="1", Classifier=mozilla)))
    assert list(problems_of("other", Described(Name="other", Version="1", Classifier=mozilla)))


def test_a_copyleft_library_inside_a_wheel_is_refused_unless_accepted() -> None:
    files = ("x.libs/libgeos-1.so.3",)
    assert "carries geos" in next(problems_of("other", Described(files, Name="other", Version="1", License="MIT")))
    assert not list(problems_of("shapely", Described(files, Name="shapely", Version="1", License="MIT")))


def test_a_lock_file_names_every_distribution_once() -> None:
    names = locked_names(ROOT / "requirements.lock")
    assert len(names) == len(set(names))
    assert {"numpy", "click", "pyyaml"} <= set(names)
