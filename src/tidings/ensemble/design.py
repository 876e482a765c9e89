"""Which parameters each member gets: the same for all, or drawn from the plausible ranges of parameters.yaml."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tidings.core.errors import InputError
from tidings.core.streams import uniform
from tidings.flow.parameters import Parameter, Parameters, parameter_table


def draw_parameters(
    parameters: Parameters, *, members: Iterable[int], seed: int, vary: Iterable[str] | None = None
) -> tuple[Parameters, ...]:
    """Draw a set of parameters for each member, each parameter independently from its plausible range.

    Parameters
    ----------
    parameters
        Where they are not varied.
    members
        Their numbers; a member's set does not depend on which others are drawn.
    vary
        Names of those to vary; where not given, all whose value is the default. Somebody who has set a parameter to its
        default is heard only if the names are given.

    Raises
    ------
    InputError
        If a name is unknown.

    Examples
    --------
    >>> from tidings.flow.parameters import load_parameters
    >>> one, other = draw_parameters(load_parameters({"speed_foot": 20}), members=range(2), seed=1)
    >>> one["speed_foot"], one["return_rate"] == other["return_rate"]
    (20.0, False)
    """
    table = parameter_table()
    names = [name for name in table if parameters[name] == table[name].default] if vary is None else list(vary)
    if unknown := [name for name in names if name not in table]:
        raise InputError(
            where="vary", met=f"there is no parameter {', '.join(unknown)}", fix="The names are in docs/model.md."
        )
    return tuple(
        parameters.replaced({name: _at(table[name], uniform(seed, member, 0, "parameter", name)) for name in names})
        for member in members
    )


def _at(entry: Parameter, share: float) -> float:
    """Return the value at a share of the plausible range, on the parameter's scale."""
    low, high = entry.plausible
    if entry.scale == "log":
        return min(high, low * math.exp(share * math.log(high / low)))
    if entry.scale == "whole":
        return min(high, math.floor(low + share * (high - low + 1)))
    return low + share * (high - low)
