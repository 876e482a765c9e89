"""Contract: events decide who holds a place, in their order; a withdrawal leaves it to somebody."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, reading_of, report_of
from tidings.assess.assess import assess
from tidings.assess.settings import load_settings
from tidings.core.dates import DateSpan
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import When
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = (
    Place(id="north", name="North", kind="admin1", country="XAA", pcode="XA01"),
    Place(id="varn", name="Varn", lat=10, lon=20, country="XAA", pcode="XA0101"),
    Place(id="tolm", name="Tolm", lat=10.2, lon=20, country="XAA", group="North"),
    Place(id="quint", name="Quint", lat=12, lon=20, country="XAA", pcode="XA02"),
)
ROAD = Road.model_validate({"id": "high-road", "from": "varn", "to": "quint"})
ARMY, REBELS = Party(id="army", name="Army", kind="state_military"), Party(id="rebels", name="Rebels")
OTHERS = (Party(id="clan", name="Clan"), Party(id="villagers", name="Villagers", kind="civilians"))


@pytest.fixture
def told(tmp_path):
    """Add a report of a day with claims (content, valid days, certainty, speakers), and tell who holds a place."""
    ledger = Ledger.create(tmp_path / "ledger.db")

    def tell(*contents, days=0, on=0, parties=(ARMY, REBELS), words="It was told. " * 9, at=None, **fields):
        published = DAY + dt.timedelta(days=days)
        report = report_of(f"{words}{published} {fields}", published)
        starts = (10 * k if at is None else report.text.index(at) for k in range(len(contents)))
        claims = [
            _dated(claim_of(report, each, start=first, **fields)) for first, each in zip(starts, contents, strict=True)
        ]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
        crisis = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(PLACES, (ROAD,)), parties)
        day = DAY + dt.timedelta(days=on)
        return {place.id: place for place in assess(crisis, ledger.as_of(day), on=day, as_of=day).places}

    return tell


def _dated(claim):
    when = claim.content.when if hasattr(claim.content, "when") else None
    return replace(claim, valid=DateSpan.of(when.from_, when.until)) if when else claim


def on(*days):
    """Days from the first up to and with the last, counted from the day of the tests."""
    start, end = DAY + dt.timedelta(days=days[0]), DAY + dt.timedelta(days=days[-1] + 1)
    return When.model_validate({"from": start, "until": end, "text": "then"})


def taken(who, *days, place="varn"):
    return event("capture", (place,), (who,), when=on(*days) if days else None)


def left(who, *days, place="varn"):
    return event("retreat", (place,), (who,), when=on(*days) if days else None)


def test_of_two_captures_in_one_report_the_later_one_holds(told):
    assert told(taken("army", -900), taken("rebels", -20))["varn"].held_by == "rebels"


def test_an_event_long_past_that_is_told_today_as_the_last_one_still_holds(told):
    varn = told(taken("army", -3000))["varn"]
    assert varn.held_by == "army"
    assert varn.control["army"] == pytest.approx(load_settings().stated, abs=1e-3)


def test_of_a_time_that_may_be_either_what_is_told_later_came_later(told):
    assert told(taken("army", -20), taken("rebels", -60, -1))["varn"].held_by == "rebels"


def test_two_captures_on_one_day_do_not_divide_a_place(told):
    varn = told(taken("army"), taken("rebels"))["varn"]
    assert (varn.state, varn.held_by) == ("held", "rebels")


def test_who_lost_what_another_took_takes_nothing_from_him(told):
    varn = told(taken("rebels"), event("loss", ("varn",), ("army",)))["varn"]
    assert varn.held_by == "rebels"
    assert varn.control["rebels"] > 0.9


def test_to_recount_an_older_event_undoes_no_later_one(told):
    told(taken("army", -60), taken("rebels", -20), days=-15)
    assert told(taken("army", -60))["varn"].held_by == "rebels"


def test_a_withdrawal_leaves_a_place_to_who_held_it_before(told):
    told(taken("clan", -40), taken("army", -20), days=-15, parties=(ARMY, REBELS, *OTHERS))
    varn = told(left("army"), parties=(ARMY, REBELS, *OTHERS))["varn"]
    assert varn.held_by == "clan"
    assert 0.2 < varn.unknown < 0.6


def test_a_withdrawal_leaves_a_place_that_nobody_else_held_to_the_only_enemy(told):
    assert told(left("army"), parties=(ARMY, REBELS, OTHERS[1]))["varn"].held_by == "rebels"


def test_a_withdrawal_before_several_enemies_leaves_it_to_nobody_known(told):
    told(taken("army", -20), days=-15, parties=(ARMY, REBELS, *OTHERS))
    varn = told(left("army"), parties=(ARMY, REBELS, *OTHERS))["varn"]
    assert varn.state == "unknown"
    assert varn.control.get("rebels", 0) == varn.control.get("clan", 0) == 0


def test_a_withdrawal_that_the_enemy_tells_of_is_believed_less_than_one_that_is_admitted(told):
    told(taken("army", -20), taken("army", -20, place="tolm"), days=-15)
    told(left("army"), certainty="claimed", speakers=("rebels",))
    places = told(left("army", place="tolm"), certainty="claimed", speakers=("army",))
    assert places["varn"].control["rebels"] < places["tolm"].control["rebels"]


def test_a_part_that_is_taken_is_weaker_evidence_than_the_whole(told):
    whole = told(taken("army"))["varn"].control["army"]
    part = told(taken("army", place="tolm"), words="The army took the centre of Tolm.")["tolm"].control["army"]
    assert part < whole


def test_a_capture_of_an_area_is_weaker_evidence_on_the_places_in_it_by_code_or_group(told):
    places = told(event("capture", ("north",), ("army",)))
    assert 0.5 < places["varn"].control["army"] == places["tolm"].control["army"] < load_settings().stated
    assert places["quint"].control == {}
    assert places["north"].control == {}


def test_where_a_place_is_named_its_area_says_nothing_of_others(told):
    places = told(event("capture", ("varn", "north"), ("army",)))
    assert places["varn"].control["army"] == pytest.approx(load_settings().stated, abs=1e-3)
    assert places["tolm"].control == {}


def test_a_road_that_is_taken_is_weaker_evidence_on_its_ends(told):
    places = told(event("capture", ("high-road",), ("army",)))
    assert 0.5 < places["varn"].control["army"] == places["quint"].control["army"] < load_settings().stated


def test_who_fights_nobody_takes_no_place(told):
    assert told(taken("villagers"), parties=(ARMY, *OTHERS))["varn"].control == {}


def test_sides_that_each_hold_a_part_divide_a_place(told):
    assert told(controls("army", "varn"), controls("rebels", "varn"))["varn"].state == "divided"


def test_who_says_himself_that_he_holds_a_place_tells_that_his_enemy_held_it_until_then(told):
    varn = told(controls("army", "varn"), certainty="claimed", speakers=("army",))["varn"]
    assert varn.control["rebels"] > 0.2
    assert told(controls("army", "tolm"), certainty="claimed", speakers=("desk",))["tolm"].control.keys() == {"army"}


def test_who_beat_off_an_attack_held_the_place_before_and_nobody_else_did(told):
    words = "The army said that it beat off an assault on Varn at dawn."
    held = event("hold", ("varn",), ("army",))
    varn = told(held, words=words, at="beat off", certainty="claimed", speakers=("army",))["varn"]
    assert varn.control["army"] > 0.2
    assert "rebels" not in varn.control
    assert told(on=-1)["varn"].control == {}


def test_who_relieved_a_place_held_it_before_and_nobody_else_did(told):
    told(event("siege", ("varn",), ("rebels",)), days=-9)
    relief = event("siege_lifted", ("varn",), ("army",), text="broke the siege")
    assert "rebels" not in told(relief, certainty="claimed", speakers=("army",))["varn"].control


@pytest.mark.parametrize(
    "words", ["The army said that it beat off assaults near Varn.", "The army beat off assaults in the Varn direction."]
)
def test_an_attack_that_was_beaten_off_near_a_place_is_weak_evidence_of_who_holds_it(told, words):
    held = event("hold", ("varn",), ("army",))
    fields = {"certainty": "claimed", "speakers": ("army",), "at": "beat off"}
    near = told(held, words=words, **fields)["varn"].control["army"]
    at = told(event("hold", ("tolm",), ("army",)), words="The army said that it beat off assaults on Tolm.", **fields)
    assert near < at["tolm"].control["army"] / 2


@pytest.mark.parametrize("words", ["still hold Varn", "continue to hold Varn", "hold Varn still"])
def test_who_says_that_he_still_holds_a_place_says_that_nobody_else_held_it_before(told, words):
    fields = {"certainty": "claimed", "speakers": ("rebels",), "at": "hold", "days": -2}
    assert (
        "army" not in told(controls("rebels", "varn"), words=f"Rebels say that they {words}.", **fields)["varn"].control
    )
    varn = told(taken("army"))["varn"]
    assert varn.held_by == "army"
    assert varn.since == DAY


def test_where_somebody_told_of_the_days_before_a_claim_presupposes_nothing(told):
    told(taken("army", -20), days=-15)
    varn = told(controls("army", "varn"), certainty="claimed", speakers=("army",))["varn"]
    assert varn.control.keys() == {"army"}


def test_who_did_not_take_a_place_leaves_it_to_who_held_it(told):
    told(taken("army", -20))
    denied = event("capture", ("varn",), ("rebels",))
    place = told(denied, days=3, on=3, certainty="denied")["varn"]
    assert (place.held_by, set(place.control)) == ("army", {"army"})


def test_of_a_place_never_told_of_a_denied_capture_leaves_it_to_the_only_enemy(told):
    place = told(event("capture", ("varn",), ("rebels",)), certainty="denied")["varn"]
    assert place.held_by == "army"
    assert place.unknown > 0.1


def test_who_denies_having_lost_a_place_says_that_he_holds_it(told):
    denied = event("loss", ("varn",), ("army",))
    own_word = told(denied, certainty="denied", speakers=("army",))["varn"].control["army"]
    another = told(controls("army", "tolm"), days=1, on=1)["tolm"].control["army"]
    assert 0 < own_word < another


def test_a_denied_capture_is_no_event_that_ends_what_was_told(told):
    told(taken("rebels", -20))
    place = told(event("capture", ("varn",), ("army",)), days=3, on=3, certainty="denied")["varn"]
    assert (place.held_by, place.since) == ("rebels", DAY - dt.timedelta(days=20))


def test_a_claim_that_an_enemy_left_tells_that_he_was_there(told):
    varn = told(left("rebels"), certainty="claimed", speakers=("army",))["varn"]
    assert varn.control["rebels"] > 0.2
    assert "rebels" not in told(left("rebels", place="tolm"), certainty="claimed", speakers=("desk",))["tolm"].control


def test_claimed_recaptured_by_a_party_is_its_own_word_and_takes_back_nothing_that_was_told_before(told):
    told(taken("rebels", -20), days=-15)
    words = "It was claimed recaptured by the army. " * 9
    varn = told(taken("army"), certainty="claimed", words=words, at="recaptured")["varn"]
    assert 0.1 < varn.control["army"] < varn.control["rebels"]


def test_a_capture_claimed_by_another_in_its_sentence_is_no_word_of_who_took_the_place(told):
    words = "It was reportedly recaptured by the army, a success claimed by the clan. "
    others = {"certainty": "claimed", "words": words * 9, "at": "recaptured"}
    assert told(taken("army"), **others)["varn"].control["army"] > 0.7


def test_who_held_a_place_against_an_attack_holds_it_on_as_who_is_told_to_hold_it(told):
    held = event("hold", ("varn",), ("rebels",), when=on(-9))
    for days in (0, 1, 60):
        varn = told(held, on=days)["varn"]
        assert varn.control["rebels"] == pytest.approx(
            told(controls("rebels", "tolm"), on=days)["tolm"].control["rebels"]
        )


def test_who_held_a_place_against_an_attack_and_lost_it_since_holds_it_no_more(told):
    told(taken("army", -5), days=1)
    assert told(event("hold", ("varn",), ("rebels",), when=on(-9)), on=2)["varn"].held_by == "army"


def test_who_retook_a_place_and_lost_it_leaves_it_to_who_had_it(told):
    told(taken("army", -30), days=-20)
    lost = event("loss", ("varn",), ("rebels",))
    assert told(taken("rebels"), lost)["varn"].held_by == "army"


def test_who_holds_most_of_a_place_holds_it_less_surely(told):
    most = told(controls("rebels", "varn"), words="Most of Varn is held by rebels. " * 9, at="held")["varn"]
    whole = told(controls("rebels", "tolm"))["tolm"]
    assert 0.5 < most.control["rebels"] < whole.control["rebels"]


def test_what_happened_by_a_day_is_of_that_day_and_not_of_the_day_it_was_written(told):
    by = When.model_validate({"until": DAY - dt.timedelta(days=9), "text": "by then"})
    told(event("capture", ("varn",), ("army",), when=by))
    told(taken("rebels", -5), days=1)
    assert told(days=2, on=2)["varn"].held_by == "rebels"


def test_what_was_so_before_a_day_and_was_told_only_since_is_listed_as_late_news(tmp_path):
    ledger = Ledger.create(tmp_path / "ledger.db")
    known_then, since, now = DAY - dt.timedelta(days=30), DAY - dt.timedelta(days=10), DAY
    news = [(known_then, taken("army", -30)), (now, taken("rebels", -20)), (now, taken("rebels", -5, place="tolm"))]
    for number, (published, content) in enumerate(news):
        report = report_of(f"It was told. {number} {published} " * 9, published)
        claim = _dated(claim_of(report, content))
        ledger.append(report, reading_of(report), [claim], received_at=NOW)
    crisis = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(PLACES, (ROAD,)), (ARMY, REBELS))
    view, then = ledger.as_of(now), ledger.as_of(since)
    told = assess(crisis, view, on=now, as_of=now, changes_since=since, view_then=then).changes
    assert [(c.subject, c.before, c.after, c.why) for c in told if c.predicate == "held_by"] == [
        ("tolm", "unknown", "rebels", "somebody told it"),
        ("varn", "army", "rebels", "so before that day, told only since"),
    ]
    assert [c.subject for c in assess(crisis, view, on=now, as_of=now, changes_since=since).changes] == ["tolm"]


def test_a_denied_siege_speaks_against_it(told):
    told(event("siege", ("varn",), ("army",)))
    besieged = told(event("siege", ("varn",), ("army",)), days=1, on=1, certainty="denied")["varn"].besieged
    assert besieged.no > 0.5


def test_a_failed_attack_makes_the_defender_no_less_sure(told):
    before = told(event("capture", ("varn",), ("army",)))["varn"].control["army"]
    after = told(event("capture", ("varn",), ("rebels",)), days=3, on=3, certainty="denied")["varn"].control["army"]
    assert after >= before


def test_a_retreat_of_who_lost_a_place_makes_the_capture_surer(told):
    alone = told(taken("rebels", 0))["varn"].control.get("rebels", 0)
    varn = told(left("army", 1), days=1, on=1, certainty="claimed", speakers=("army",))["varn"]
    assert varn.control.get("rebels", 0) > alone


def test_a_rumour_leaves_a_place_unknown(told):
    words = "Rumours spread that it was taken. " * 3
    varn = told(taken("rebels"), words=words, at="it was taken", certainty="claimed", speakers=())["varn"]
    assert varn.control.get("rebels", 0) < 0.3


def test_officials_of_nobody_in_particular_gain_nothing_by_a_retreat(told):
    officials = Party(id="officials", name="officials", kind="government")
    varn = told(left("army"), parties=(ARMY, officials), certainty="claimed", speakers=("officials",))["varn"]
    assert varn.control.get("officials", 0) == 0


def test_two_who_both_claim_to_hold_a_place_each_speak_for_themselves(told):
    words = "Both the army and the rebels claim to hold Varn. "
    both = controls("army", "varn"), controls("rebels", "varn")
    at = "hold Varn"
    varn = told(*both, words=words, at=at, certainty="claimed", speakers=("army", "rebels"))["varn"]
    assert varn.control.get("army", 0) < 0.3
    assert varn.control.get("rebels", 0) < 0.3


def test_who_is_told_to_besiege_a_place_is_believed_less_when_he_denies_it(told):
    siege = event("siege", ("varn",), ("rebels",))
    told(siege, certainty="claimed", speakers=("villagers",))
    varn = told(siege, days=1, on=1, certainty="denied", speakers=("rebels",))["varn"]
    assert varn.besieged.yes > varn.besieged.no


def test_a_vaguer_telling_moves_no_day_that_is_told(told):
    told(event("hold", ("varn",), ("army",)), days=-40, on=-40)
    told(taken("rebels", -16), days=-15)
    assert told(taken("rebels", -29, -1), on=0)["varn"].since == DAY - dt.timedelta(days=16)
    assert told(on=-17, days=1)["varn"].held_by != "rebels"


CAME = event("advance", ("varn",), ("rebels",))
NOBODY_TOOK = event("capture", ("varn",))


def test_who_alone_came_to_a_place_is_who_is_told_to_have_taken_it_where_nobody_is_named(told):
    assert told(NOBODY_TOOK)["varn"].control == {}
    told(CAME, days=1)
    varn = told(NOBODY_TOOK, days=2, on=2, certainty="claimed", speakers=("army",))["varn"]
    assert varn.held_by == "rebels"
    assert varn.control["rebels"] > load_settings().claimed  # against who says so


def test_where_two_came_to_a_place_or_one_long_ago_nobody_is_known_to_have_taken_it(told):
    told(CAME, days=-30)
    assert told(NOBODY_TOOK)["varn"].control == {}
    told(CAME, event("advance", ("varn",), ("army",)), days=1)
    assert told(NOBODY_TOOK, days=2, on=2)["varn"].control == {}


def test_a_withdrawal_leaves_a_place_to_who_came_to_it_before_any_other_enemy(told):
    three = (ARMY, REBELS, OTHERS[0])
    assert told(left("army"), parties=three)["varn"].control == {}
    varn = told(CAME, days=1, on=1, parties=three)["varn"]
    assert varn.control["rebels"] > 0.5


def test_a_holder_whom_nobody_told_is_said_to_be_inferred_and_from_what(told):
    varn = told(taken("rebels"), certainty="claimed", speakers=("rebels",))["varn"]
    assert varn.inferred == {"army": "inferred: Rebels claims to have taken it"}
    assert told(left("army", place="tolm"), days=1, on=1)["tolm"].inferred == {
        "rebels": "inferred: Army is told to have left it"
    }
    assert told(controls("army", "varn"), days=2, on=2)["varn"].inferred == {}
