"""Tables in YAML that come with the package."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def packaged_yaml(package: str, file: str) -> Any:
    """Return what a YAML file beside the modules of a package holds.

    Raises
    ------
    FileNotFoundError
        If the package has no such file.

    Examples
    --------
    >>> packaged_yaml("tidings.flow", "parameters.yaml")["speed_foot"]["unit"]
    'km per day'
    """
    return yaml.safe_load(files(package).joinpath(file).read_text(encoding="utf-8"))
