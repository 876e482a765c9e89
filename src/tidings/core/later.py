"""Values of many fields of which few are looked at: a field is made when it first is, and then stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from tidings.core.schema import Schema, unchecked

Makers = Mapping[str, Callable[[], object]]
"""By the name of a field: what makes its value. Called once at most."""
_FIELDS: Any = vars(BaseModel)["__dict__"]
"""Where a model keeps the values of its fields."""


class Lazy(Schema):
    """A schema of which a value may be made by `later`; it is like any other for whoever looks at it.

    Who looks at all fields at once (equality, copies, pickles, JSON) has them all made.
    """

    __slots__ = ("_makers",)

    def __getattr__(self, name: str) -> Any:
        """Make a field that is looked at for the first time."""
        makers = _makers_of(self) or {}
        if make := makers.get(name):
            made = _FIELDS.__get__(self).setdefault(name, make())
            makers.pop(name, None)
            return made
        values = _FIELDS.__get__(self)  # where another thread has just made it, it is there
        return values[name] if name in values else super().__getattr__(name)  # type: ignore[misc]

    @property
    def __dict__(self) -> dict[str, Any]:
        """All fields, made, in their order."""
        values: dict[str, Any] = _FIELDS.__get__(self)
        if _makers_of(self) is not None:
            values = {name: getattr(self, name) for name in type(self).model_fields}
            _FIELDS.__set__(self, values)
            object.__setattr__(self, "_makers", None)
        return values

    @__dict__.setter
    def __dict__(self, values: dict[str, Any]) -> None:
        _FIELDS.__set__(self, values)


Model = TypeVar("Model", bound=Lazy)


def later(model: type[Model], makers: Makers, **fields: Any) -> Model:
    """Return a value as `unchecked` does, some of whose fields are made when they are first looked at.

    Parameters
    ----------
    makers
        For the fields that are not given. What they return hangs on nothing that changes.

    Examples
    --------
    >>> class Page(Lazy):
    ...     title: str
    ...     words: int
    >>> page = later(Page, {"words": lambda: print("counted") or 7}, title="News")
    >>> page.title, page.words, page.words
    counted
    ('News', 7, 7)
    >>> page == Page(title="News", words=7)
    True
    """
    made = unchecked(model, **fields)
    object.__setattr__(made, "_makers", dict(makers))
    return made


def _makers_of(value: Lazy) -> dict[str, Callable[[], object]] | None:
    """Return what is still to be made; None where the value is as any other."""
    try:
        makers: dict[str, Callable[[], object]] | None = object.__getattribute__(value, "_makers")
    except AttributeError:
        return None
    return makers
