"""A conflict is known by its reports, whatever its folder and its places are called."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.forecast.records import record, reports
from tidings.core.errors import InputError
from tidings.forecast.known import known, marks_of_record, recognised
from tidings.forecast.methods import methods_for
from tidings.forecast.own import make_tidings, name_known, parameters_used
from tidings.forecast.parameters import FittedSets, packaged_parameters

ALL = packaged_parameters().without(None)


def sets(*names_left_out, fitted_on=("valdria", "other")):
    """Sets of parameters that know the record of the tests under the name `valdria`."""
    provenance = ALL.provenance.model_copy(update={"conflicts": fitted_on})
    of_all = ALL.model_copy(update={"provenance": provenance})
    without = [
        of_all.model_copy(update={
            "left_out": name, "trend": ALL.trend.model_copy(update={"size_up": 9.0}),
            "provenance": provenance.model_copy(update={"conflicts": tuple(n for n in fitted_on if n != name)}),
        })
        for name in names_left_out
    ]  # fmt: skip
    return FittedSets(sets=(*without, of_all), conflicts=(known(record()),))


def test_a_copy_in_another_folder_is_scored_with_the_set_that_never_saw_it():
    copy = record(name="foo")
    assert name_known(copy, sets("valdria")) == "valdria"
    methods = {method.name: method for method in methods_for(copy, members=2, seed=1, sets=sets("valdria"))}
    assert methods["tidings"].carried.fitted.left_out == "valdria"


def test_a_copy_is_known_after_places_were_renamed_and_reports_were_added_or_cut_off():
    marks = known(record()).marks
    renamed = record(places=("a", "b"), reports=tuple(replace(one, place="a") for one in record().reports))
    longer = record((*record().reports, *reports("far", {day: 700 + day for day in range(200, 400, 10)})))
    shorter = record(tuple(one for one in record().reports if one.day < 120))
    for one in (renamed, longer, shorter):
        assert recognised([known(record())], marks_of_record(one)) == "valdria"
    assert len(marks) == 32


def test_another_conflict_is_not_taken_for_it_and_zeros_are_no_marks():
    other = record((*reports("near", {day: 4000 + day for day in range(0, 200, 10)}), *reports("far", {0: 0})))
    later = record(start=dt.date(2032, 5, 1))
    assert recognised([known(record())], marks_of_record(other)) is None
    assert recognised([known(record())], marks_of_record(later)) is None
    assert marks_of_record(record(reports("near", {0: 0, 10: 99}))) == frozenset()


def test_a_conflict_that_every_set_was_fitted_on_is_refused_under_any_name():
    with pytest.raises(InputError, match="they were fitted on valdria, whose reports are to be scored"):
        list(methods_for(record(name="foo"), members=2, seed=1, sets=sets()))


def test_a_file_without_marks_goes_by_the_name_of_the_folder_and_says_so():
    old = sets("valdria").model_copy(update={"conflicts": ()})
    used = parameters_used(record(), old)
    assert (used.left_out, used.is_recognised) == ("valdria", False)
    assert parameters_used(record(name="foo"), old).set == "fitted on all"


def test_the_scorecard_says_which_set_was_used():
    used = parameters_used(record(name="foo"), sets("valdria"))
    assert (used.set, used.left_out, used.conflicts) == ("fitted without this conflict", "valdria", ("other",))
    assert parameters_used(record(start=dt.date(2032, 5, 1), name="foo"), sets("valdria")).set == "fitted on all"


def test_the_package_knows_every_conflict_that_its_parameters_were_fitted_on():
    told = {one.name for one in packaged_parameters().conflicts if len(one.marks) == 32}
    assert set(ALL.provenance.conflicts) <= told
    assert make_tidings(without="nowhere", members=2, seed=1).name == "tidings"
