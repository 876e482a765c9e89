"""A named rule travels as text, is read without being run, and runs the same in any process."""

import logging
import pickle
import subprocess
import sys
import threading
from dataclasses import replace
from textwrap import dedent

import numpy as np
import pytest

from tests.flow.worlds import geography, scenario, seen, snapshot, world
from tidings.core.errors import InputError
from tidings.crisis.crisis import RuleChoice
from tidings.ensemble.fingerprint import fingerprint
from tidings.flow import engine, reference
from tidings.flow.named_rules import NamedRule, chosen_rules, rules_named
from tidings.flow.parameters import load_parameters
from tidings.flow.rules import Columns, Rules

WINTER = '''
from __future__ import annotations

from dataclasses import dataclass

from tidings.flow.behaviour import LeaveByViolence


@dataclass(frozen=True)
class LeaveInWinter:
    """Fewer leave in the cold."""

    ours: LeaveByViolence
    winter_share: float = 0.5

    def values(self, seen):
        cold = seen.date.month in (12, 1, 2, 3)
        return self.ours.values(seen) * (self.winter_share if cold else 1.0)


@dataclass(frozen=True)
class Never:
    def values(self, seen):
        return False
'''
PLAIN = """
@dataclass(frozen=True)
class A:
    days: "behaviour.Numbers"
    early: bool
    base_leaving_rate: float
    ours: LeaveByViolence
    kind: ClassVar[str]
    late: float = field(default=2.0)
    name: str = "x"
"""
COUNTRY = geography(
    {"home": "town", "side": "town", "abroad": "camp"}, [("home", "side", 30)], [("gate", "side", "abroad")]
)
SIGHT = seen(COUNTRY, violence=1.0)


def rule(text=WINTER, name="LeaveInWinter", decision="leave", **given):
    return NamedRule(decision=decision, name=name, given=given, file="rules.py", text=dedent(text))


def values(named, decision="leave"):
    return Rules.of(load_parameters(), chosen_rules({decision: named})).ask(decision, SIGHT)


def refused(named, message):
    with pytest.raises(InputError, match=message):
        values(named, named.decision)


@pytest.fixture(autouse=True)
def forgotten():
    """Every test runs the files of its rules anew."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("tidings_rules_"):
            del sys.modules[name]


def test_a_rule_of_a_file_takes_the_decision_with_the_values_given():
    ours = Rules.of(load_parameters()).ask("leave", SIGHT)
    assert values(rule()) == pytest.approx(ours / 2)
    assert values(rule(winter_share=0.1)) == pytest.approx(ours / 10)


def test_a_rule_of_ours_is_named_by_its_class():
    named = NamedRule(decision="calm", name="CalmForDays", given={"calm_days": 3})
    made = chosen_rules({"calm": named})["calm"].made(Columns(load_parameters()))
    assert made.calm_days == 3


def test_it_says_who_decides_what():
    assert str(rule(winter_share=0.4)) == "leave: LeaveInWinter of rules.py (winter_share 0.4)"
    assert str(NamedRule(decision="calm", name="CalmForDays")) == "calm: CalmForDays"


def test_rules_of_one_file_share_what_it_holds():
    leave, quiet = rule().chosen().rule, rule(name="Never", decision="quiet").chosen().rule
    assert leave.__module__ == quiet.__module__
    assert rule(WINTER + "\n").chosen().rule.__module__ != leave.__module__


def test_what_a_rule_is_made_of_is_in_its_fingerprint():
    alike = {fingerprint(each) for each in (rule(), rule(WINTER), pickle.loads(pickle.dumps(rule())))}
    assert len(alike) == 1
    others = (rule(winter_share=0.4), rule(WINTER + "\n"), rule(name="Never"), rule(decision="escape"))
    assert len(alike | {fingerprint(each) for each in others}) == 5


def test_a_file_is_run_once_and_a_warning_says_so(caplog):
    with caplog.at_level(logging.WARNING):
        rule().chosen(), rule(name="Never", decision="quiet").chosen()
    told = [record.getMessage() for record in caplog.records]
    assert told == ["running rules.py of the crisis folder: its rules decide how people behave"]


def test_a_file_is_run_once_though_many_threads_ask():
    found = []
    threads = [threading.Thread(target=lambda: found.append(rule().chosen().rule)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_another_process_without_the_file_runs_the_same():
    program = """
import pickle, sys
from tidings.flow.named_rules import chosen_rules
from tidings.flow.parameters import load_parameters
from tidings.flow.rules import Rules
named, sight = pickle.load(sys.stdin.buffer)
values = Rules.of(load_parameters(), chosen_rules({named.decision: named})).ask(named.decision, sight)
sys.stdout.buffer.write(pickle.dumps(values))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps((rule(), SIGHT)), capture_output=True, check=True
    )
    assert np.array_equal(pickle.loads(done.stdout), values(rule()))


def test_nothing_is_run_to_find_problems():
    assert rule("raise SystemExit('this was run')\nclass LeaveInWinter: pass").problems() == []


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (rule(decision="leaf"), r"crisis\.yaml: rules\.leaf: there is no decision 'leaf'\. Did you mean leave\?"),
        (rule(name="LeaveInWinte"), r"rules\.py has no class 'LeaveInWinte'\. .*it has: LeaveInWinter, Never"),
        (rule("x = 1\n", name="A"), r"rules\.py has no class 'A'\. Correct the name; it has: none"),
        (rule("x = 1\nclass A(:\n"), r"rules\.py:2: it is not readable Python \(invalid syntax\)\. Mend the line"),
        (rule("x = '\0'"), r"rules\.py:1: it is not readable Python"),
        (rule(winter_shar=1), r"rules\.leave\.winter_shar: .* no field of this name\. Did you mean winter_share"),
        (rule(base_leaving_rate=-1), r"rules\.leave\.base_leaving_rate: the rule has no field"),
        (rule(winter_share="abc"), r"rules\.leave\.winter_share: 'abc' .* the field is a float\. Write a number"),
        (rule(PLAIN, name="A", early="no", days=3), r"rules\.leave\.early: 'no' is a text, .* a bool\. Write true or"),
        (rule(PLAIN, name="A", early=True), r"rules\.leave: its field 'days' has no value and is no parameter"),
        (rule(PLAIN, name="A", days="x", early=True), r"rules\.leave\.days: 'x' is a text, and the field is a Numbers"),
        (NamedRule(decision="calm", name="Calm"), r"our rules for 'calm' is called 'Calm'\. Ours is CalmForDays;"),
        (NamedRule(decision="calm", name="SettleNear"), "is called 'SettleNear'. Ours is CalmForDays; a class of"),
        (NamedRule(decision="calm", name="CalmForDays", given={"calm_days": -4}), "calm_days: -4 is out of range"),
        (NamedRule(decision="calm", name="CalmForDays", given={"days": 4}), r"\.days: the rule has no field"),
    ],
)  # fmt: skip
def test_problems_that_show_without_running_it_are_told(named, message):
    with pytest.raises(InputError, match=message):
        rules_named(
            {named.decision: RuleChoice(rule=f"{named.file}:{named.name}".lstrip(":"), **named.given)},
            {"rules.py": named.text},
        )


def test_all_problems_of_all_rules_are_told_at_once_and_those_of_a_file_once():
    choices = {"leaf": RuleChoice(rule="Leave"), "leave": RuleChoice(rule="a.py:A"), "calm": RuleChoice(rule="a.py:B")}
    with pytest.raises(InputError) as caught:
        rules_named(choices, {"a.py": "def"})
    assert [problem.where for problem in caught.value.problems] == ["crisis.yaml: rules.leaf", "a.py:1"]


@pytest.mark.parametrize(
    "text",
    [
        "from elsewhere import LeaveInWinter",
        "from elsewhere import Leave as LeaveInWinter",
        "LeaveInWinter = made()",
        "class LeaveInWinter(Other): pass",
        "class LeaveInWinter:\n    share: float\n    ours: Leave\n    all: ClassVar[int]\n    _: KW_ONLY",
    ],
)
def test_what_does_not_show_without_running_it_is_no_problem_yet(text):
    assert rule(text, share=1).problems() == []


FAILING = [
    (
        "import nowhere_at_all",
        r"rules\.py:1: it fails when it is run \(ModuleNotFoundError: .*\)\. .*no other file of the",
    ),
    ("x = 1\ny = x / 0", r"rules\.py:2: it fails when it is run \(ZeroDivisionError: .*\)\. Mend the file"),
    ("raise SystemExit(3)", r"rules\.py:1: it fails when it is run \(SystemExit: 3\)"),
    ("def f():\n    int('x')\nf()", r"rules\.py:2: it fails when it is run \(ValueError"),
    ("x = (", r"rules\.py:1: it is not readable Python \('\(' was never closed\)"),
    ("x = 1", r"rules\.py: there is no class 'LeaveInWinter'"),
    ("LeaveInWinter = 5", r"rules\.py: there is no class 'LeaveInWinter'"),
    ("class LeaveInWinter: pass", r"rules\.leave \(LeaveInWinter\): it is no frozen dataclass"),
]


@pytest.mark.parametrize(("text", "message"), FAILING)
def test_a_file_that_fails_when_it_is_run_is_refused_with_its_line(text, message):
    refused(rule(text), message)
    refused(rule(text), message)  # and again: what failed is not kept


def test_who_stops_the_program_while_a_file_runs_stops_it():
    with pytest.raises(KeyboardInterrupt):
        rule("raise KeyboardInterrupt").chosen()


def test_a_rule_that_fails_on_a_day_is_told_with_its_line():
    text = """
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class LeaveInWinter:
        def values(self, seen):
            return seen.violense
    """
    message = r"\(LeaveInWinter\) on 2031-03-01: it fails \(AttributeError: .* in <crisis folder>/rules\.py, line 7"
    refused(rule(text), message)


def test_a_named_rule_is_read_from_a_file(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(WINTER, encoding="utf-8")
    assert NamedRule.read("leave", path, "LeaveInWinter", winter_share=0.4) == replace(
        rule(winter_share=0.4), file="mine.py", text=WINTER
    )
    with pytest.raises(InputError, match=r"mine\.py has no class 'Other'"):
        NamedRule.read("leave", path, "Other")
    with pytest.raises(InputError, match="there is no such file"):
        NamedRule.read("leave", tmp_path / "other.py", "LeaveInWinter")
    path.write_bytes(b"\xff")
    with pytest.raises(InputError, match="the file is not UTF-8 text"):
        NamedRule.read("leave", path, "LeaveInWinter")


MOVED = """
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class ByDateAndCrowd:
    '''A weight of a way that changes with the day and with the people, as ours does not.'''

    def values(self, seen):
        crowded = seen.people[:, seen.ways.origin] > 40
        return np.where(crowded, 0.0, 1.0) if seen.date.day % 2 else 1.0
"""


@pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate], ids=["engine", "reference"])
def test_both_engines_ask_a_named_rule_about_ways_every_day(simulate):
    named = rule(MOVED, "ByDateAndCrowd", "near")
    setting = replace(scenario(COUNTRY, {"home": 200}, days=6), rules={"near": named})
    war = [world(snapshot(COUNTRY, violence={"home": 30.0}))]
    parameters = load_parameters({"awareness_hops": 1, "onward_rate_settlement": 0, "leaving_late_share": 1})
    left = simulate(setting, war, seed=1, members=[0], parameters=parameters)["departures"].sel(place="home", member=0)
    is_crowded = simulate(setting, war, seed=1, members=[0], parameters=parameters)["people"].sel(
        place="home", member=0
    )
    stopped = [day for day in range(6) if left[day] == 0]
    assert stopped == [day for day in range(0, 6, 2) if day == 0 or is_crowded[day - 1] > 40]
    assert stopped[0] == 0
    assert len(stopped) < 5


@pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate], ids=["engine", "reference"])
def test_both_engines_follow_a_named_rule(simulate):
    war = [world(snapshot(COUNTRY, violence={"home": 30.0}))] * 20
    setting = scenario(COUNTRY, {"home": 200}, days=1)
    run = {"seed": 1, "members": range(20), "parameters": load_parameters()}
    ours = simulate(setting, war, **run)["departures"].sum()
    winter = simulate(replace(setting, rules={"leave": rule(winter_share=0.0)}), war, **run)["departures"].sum()
    assert (winter, ours > 0) == (0, True)


WRONG_LATER = """
from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    gives: str

    def values(self, seen):
        return 0.1 if seen.date.day < 3 else float(self.gives)
"""


@pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate], ids=["engine", "reference"])
@pytest.mark.parametrize("gives", ["nan", "-1.0", "inf"])
def test_both_engines_refuse_a_hazard_that_is_none_on_the_day_it_is_given(simulate, gives):
    setting = replace(scenario(COUNTRY, {"home": 20}, days=5), rules={"leave": rule(WRONG_LATER, "Wrong", gives=gives)})
    message = rf"rules\.leave \(Wrong\) on 2031-03-03: it gives {gives.removesuffix('.0')}\. Give numbers from 0"
    with pytest.raises(InputError, match=message):
        simulate(setting, [world(snapshot(COUNTRY))], seed=1, members=[0])
