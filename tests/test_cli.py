"""Contract: every command does what docs and contract promise, with `--json`, exit statuses and messages to act on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.evidence.ledger import Ledger
from tidings.examples import copy_example
from tools.write_reference import leaves

REPORT = """Rebels capture Dorvik
Published: 2031-03-01
Publisher: A desk

Rebels captured the town of Dorvik on Saturday. About 9,000 people fled Dorvik, the interior ministry said.
"""


def tidings(*words, status=0, stdin=None):
    result = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
    assert result.exit_code == status, (result.output, result.stderr, result.exception)
    return result


def documents(*words, **kwargs):
    return json.loads(tidings(*words, "--json", **kwargs).stdout)


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    return folder


@pytest.mark.parametrize("command", sorted(leaves(cli)))
def test_every_command_has_json_and_help_with_an_example(command):
    told = tidings(*command.split(), "--help").stdout
    assert "--json" in told
    assert f"tidings {command}" in told


def test_a_new_folder_takes_a_report_and_lists_its_claims(tmp_path):
    folder, report = tmp_path / "crisis", tmp_path / "report.txt"
    report.write_text(REPORT)
    assert documents("new", folder, "--countries", "SYR,TUR")["countries"] == ["SYR", "TUR"]
    (taken,) = documents("add", folder, report)["reports"]
    assert taken["is_new"]
    assert taken["n_claims"] >= 2
    assert (folder / "reports" / "report.txt").read_text() == REPORT
    assert len(documents("claims", folder)["claims"]) == taken["n_claims"]


def test_the_same_file_twice_changes_nothing(valdria):
    def state():
        tables = {path.name: path.read_bytes() for path in valdria.iterdir() if path.suffix in (".csv", ".yaml")}
        view = Ledger.open(valdria / "ledger.db").as_of()
        return tables, view.claims(), view.reports(), sorted((valdria / "reports").iterdir())

    before = state()
    again = documents("add", valdria, *sorted((valdria / "reports").iterdir()))
    assert [r["is_new"] for r in again["reports"]] == [False] * 3
    assert [r["n_claims"] for r in again["reports"]] == [0] * 3
    assert state() == before


def test_pasted_text_is_read_with_the_date_that_is_given():
    reading = documents("read", "-", "--published", "2031-03-01", "--countries", "SYR", stdin=REPORT)
    assert reading["schema"] == "tidings/reading@1"
    assert reading["report"]["published"] == "2031-03-01"
    figure = next(f for f in reading["figures"] if f["value"] == 9000)
    assert REPORT[figure["start"] : figure["end"]] == figure["text"]


def test_several_files_give_a_list_in_the_order_given(valdria):
    files = sorted((valdria / "reports").iterdir(), reverse=True)
    readings = documents("read", *files, "--crisis", valdria)
    assert [r["report"]["published"] for r in readings] == ["2031-03-06", "2031-03-04", "2031-03-01"]


def test_the_situation_tells_who_holds_what_and_as_of_hides_what_came_later(valdria):
    now = {p["id"]: p for p in documents("situation", valdria)["places"]}
    assert now["dorvik"]["held_by"] == "ilvane-front"
    early = documents("situation", valdria, "--as-of", "2031-03-01")
    assert early["as_of"] == "2031-03-01"
    assert len(json.dumps(early)) < len(json.dumps(documents("situation", valdria)))


def test_a_day_before_every_report_is_refused(valdria):
    problems = documents("situation", valdria, "--as-of", "2030-01-01", status=1)["problems"]
    assert problems[0]["met"] == "no report was public by then"


def test_the_forecast_is_written_as_json_netcdf_and_hubverse(valdria, tmp_path):
    import xarray as xr

    netcdf, table = tmp_path / "f.nc", tmp_path / "f.csv"
    words = ("forecast", valdria, "--days", 4, "--members", 8, "--seed", 3, "-o", netcdf, "--hubverse", table)
    forecast = documents(*words)
    assert forecast["validated"] is False
    assert {t["quantity"] for t in forecast["targets"]} >= {"present", "arrivals"}
    with xr.open_dataset(netcdf, engine="h5netcdf") as ensemble:
        assert ensemble["people"].sizes == {"member": 8, "day": 4, "place": 7}
        assert "Lindra camp" in ensemble["place"].to_numpy()
    assert table.read_text().startswith("reference_date,target_end_date")


def test_the_brief_is_one_page_and_its_path_is_printed(valdria, tmp_path):
    page = tmp_path / "brief.html"
    assert tidings("brief", valdria, "-o", page).stdout.strip() == str(page)
    text = page.read_text()
    assert "not for release" in text.lower()
    assert "illustration, not validated" in text.lower()
    assert len(text) < 3_000_000


@pytest.mark.parametrize("profile", ["public", "partner"])
def test_no_brief_leaves_for_a_wider_circle(valdria, profile):
    problems = documents("brief", valdria, "--profile", profile, status=1)["problems"]
    assert "no release rules yet" in problems[0]["met"]


def test_a_claim_is_traced_to_its_words(valdria):
    claim = next(c for c in documents("claims", valdria)["claims"] if c["kind"] == "figure")
    trace = documents("trace", valdria, claim["id"])
    assert trace["kind"] == "claim"
    assert trace["claims"][0]["words"] == claim["words"]
    assert claim["words"] in trace["claims"][0]["sentence"]


def test_a_state_and_a_forecast_are_traced_to_claims_parameters_and_code(valdria):
    place = documents("trace", valdria, "dorvik")
    assert place["kind"] == "place"
    assert place["claims"]
    forecast = documents("trace", valdria, "forecast")
    assert forecast["parameters"]
    assert forecast["code"].startswith("tidings ")


def test_a_place_is_traced_by_its_name_too(valdria):
    assert documents("trace", valdria, "Dorvik")["id"] == "dorvik"


def test_the_trace_of_a_place_tells_what_each_claim_bears_on_and_who_did_what_in_order_of_time(valdria):
    claims = documents("trace", valdria, "Dorvik")["claims"]
    bearing = [claim["bears_on"] for claim in claims]
    assert bearing == sorted(bearing, key=["state", "violence", "mention"].index)
    for kind in set(bearing):
        days = [claim["known_at"] for claim in claims if claim["bears_on"] == kind]
        assert days == sorted(days)
    taken = next(claim for claim in claims if claim["predicate"] == "capture")
    assert "Dorvik" in taken["places"]
    shown = tidings("trace", valdria, "Dorvik").stdout
    assert "Who holds it, whether it is besieged" in shown
    assert f"capture: {', '.join(taken['actors'])} → " in shown


@pytest.mark.parametrize(
    "words", [("--days", "0"), ("--members", "1"), ("--profile", "secret"), ("--countries", "Syria")]
)
def test_a_value_that_no_option_takes_is_a_wrong_command_line(valdria, words):
    command = {"--profile": "brief", "--countries": "new"}.get(words[0], "forecast")
    assert words[0] in tidings(command, valdria, *words, status=2).stderr


def test_nothing_has_an_unknown_id(valdria):
    assert documents("trace", valdria, "c0", status=1)["problems"][0]["met"] == "nothing has this id"


def test_a_review_is_a_claim_and_a_rejected_one_leaves_the_situation(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    for claim in documents("claims", folder, "--place", "Dorvik")["claims"]:
        tidings("claims", folder, "reject", claim["id"], "--reviewer", "duty officer")
    places = {p["id"]: p for p in documents("situation", folder)["places"]}
    assert places["dorvik"]["state"] == "unknown"
    assert {c["review"] for c in documents("claims", folder, "--place", "Dorvik")["claims"]} == {"reject"}


def test_a_review_without_a_name_is_a_wrong_command_line(valdria):
    assert "--reviewer" in tidings("claims", valdria, "reject", "c0", status=2).stderr


def test_check_tells_every_problem_at_once(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    assert documents("check", folder)["problems"] == []
    with (folder / "roads.csv").open("a") as roads:
        roads.write("x1,dorvik,nowhere,,,,,\nx2,elsewhere,dorvik,,,,,\n")
    problems = documents("check", folder, status=1)["problems"]
    assert len(problems) == 2
    assert all(p["where"].startswith("roads.csv:") for p in problems)


def test_check_tells_a_report_whose_file_is_not_what_was_received(tmp_path):
    folder = copy_example("valdria", tmp_path / "valdria")
    reports = sorted((folder / "reports").iterdir())
    tidings("add", folder, *reports)
    assert "was altered" not in tidings("check", folder).stderr
    reports[0].unlink()
    reports[1].write_text("something else")
    told = tidings("check", folder).stderr
    assert told.count("is missing or was altered") == 2


def test_check_reaches_parameters_scenarios_and_the_ledger(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    (folder / "ledger.db").write_bytes((folder / "ledger.db").read_bytes()[:5000])
    with (folder / "crisis.yaml").open("a") as settings:
        settings.write("\nparameters: {speed_fot: 20}\nscenarios: {falls: {places: {nowhere: {}}}}\n")
    met = str(documents("check", folder, status=1)["problems"])
    assert "speed_fot" in met
    assert "nowhere" in met
    assert "damaged" in met


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no text"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (
            b"Die Armee hat die Stadt eingenommen und tausende Menschen sind geflohen, sagte der Sprecher.",
            "'de'",
        ),
        (b"Rebels captured the town on Saturday and the people there fled to the north.", "no date of publication"),
    ],
    ids=["empty", "binary", "german", "undated"],
)
def test_a_report_that_cannot_be_taken_in_is_refused_and_nothing_is_written(tmp_path, content, message):
    folder, report = tmp_path / "crisis", tmp_path / "report.txt"
    tidings("new", folder, "--countries", "SYR")
    report.write_bytes(content)
    problems = documents("add", folder, report, status=1)["problems"]
    assert message in problems[0]["met"]
    assert problems[0]["fix"]
    assert list((folder / "reports").iterdir()) == []


def test_a_missing_file_is_refused(tmp_path):
    tidings("new", tmp_path / "crisis", "--countries", "SYR")
    assert documents("add", tmp_path / "crisis", tmp_path / "none.txt", status=1)["problems"][0]["where"].endswith(
        "none.txt"
    )


def test_a_wrong_date_is_a_wrong_command_line():
    assert "YYYY-MM-DD" in tidings("read", "-", "--published", "8 Feb", status=2, stdin="x").stderr


def test_an_unknown_command_or_option_is_a_wrong_command_line():
    assert "reed" in tidings("reed", status=2).stderr
    assert "--colour" in tidings("read", "--colour", status=2).stderr


def test_a_truncated_ledger_is_an_error_of_input(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    (folder / "ledger.db").write_bytes((folder / "ledger.db").read_bytes()[:5000])
    problems = documents("situation", folder, status=1)["problems"]
    assert "damaged" in problems[0]["met"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_error_of_the_environment(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o555)
    problems = documents("new", tmp_path / "locked" / "crisis", "--countries", "SYR", status=3)["problems"]
    assert "read-only" in problems[0]["met"]


def without_room(n_bytes, *words):
    """Run a command in a process of its own, in which no file can grow over a number of bytes."""
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({n_bytes}, {n_bytes}))"
    script = f"{limited}; from tidings.cli import main; main()"
    command = [sys.executable, "-c", script, *(str(word) for word in words), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_full_disk_is_an_error_of_the_environment_and_leaves_no_part(valdria, tmp_path):
    page = tmp_path / "brief.html"
    page.write_text("the brief of yesterday")
    done = without_room(4096, "brief", valdria, "-o", page)
    assert done.returncode == 3, done.stderr
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["where"], problem["met"]) == (str(page), "the disk is full")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]
    assert page.read_text() == "the brief of yesterday"


def test_a_full_disk_at_the_first_add_leaves_a_folder_to_which_it_can_be_added_later(tmp_path):
    folder = copy_example("valdria", tmp_path / "valdria")
    reports = sorted((folder / "reports").iterdir())
    before = sorted(path.name for path in folder.rglob("*"))
    done = without_room(4096, "add", folder, *reports)
    assert done.returncode == 3, done.stderr
    assert json.loads(done.stdout)["problems"][0]["where"] == str(folder / "ledger.db")
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert documents("situation", folder, status=1)["problems"][0]["met"] == "there is no ledger"
    assert [taken["is_new"] for taken in documents("add", folder, *reports)["reports"]] == [True] * 3


def test_two_processes_that_add_at_once_lose_no_claim_and_no_place(tmp_path):
    folder = tmp_path / "crisis"
    tidings("new", folder, "--countries", "SYR,TUR")
    command = [sys.executable, "-m", "tidings.cli", "add", str(folder), "--json"]
    running = []
    for worker in ("Arn", "Bel", "Cor"):
        files = [tmp_path / f"{worker}-{number}.txt" for number in range(4)]
        for number, file in enumerate(files):
            told = f"Rebels captured the village of {worker}{'aeio'[number]}sk on Saturday."
            file.write_text(f"Published: 2031-03-0{number + 1}\n\n{told} About {number + 2}00 people fled there.\n")
        running.append(subprocess.Popen([*command, *map(str, files)], stdout=subprocess.PIPE, text=True))
    taken = [report for done in running for report in json.loads(done.communicate(timeout=300)[0])["reports"]]
    assert [done.returncode for done in running] == [0, 0, 0]
    view = Ledger.open(folder / "ledger.db").as_of()
    assert len(taken) == len(view.reports()) == len(list((folder / "reports").iterdir())) == 12
    assert len(view.claims()) == sum(report["n_claims"] for report in taken) >= 12
    places = (folder / "places.csv").read_text()
    added = {name for report in taken for name in report["places_added"]}
    assert len(added) == 12
    assert all(places.count(f",{name},") == 1 for name in added)


def test_a_rejected_claim_is_traced_to_its_words_and_its_review(tmp_path):
    folder = copy_example("valdria", tmp_path / "valdria")
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    claim = documents("claims", folder, "--place", "Dorvik")["claims"][0]
    tidings("claims", folder, "reject", claim["id"], "--reviewer", "duty officer")
    trace = documents("trace", folder, claim["id"])
    assert trace["value"] == f"{claim['predicate']}, rejected by duty officer"
    assert trace["claims"][0]["words"] == claim["words"]
    assert (trace["claims"][1]["verdict"], trace["claims"][1]["reviewer"]) == ("reject", "duty officer")
    assert "rejected by duty officer on " in tidings("trace", folder, claim["id"]).stdout


def test_a_correction_to_a_place_that_is_not_there_is_refused_with_a_suggestion(valdria):
    claim = next(c for c in documents("claims", valdria)["claims"] if c["kind"] == "event")
    words = ("claims", valdria, "correct", claim["id"], "--reviewer", "officer", "--to", '{"places": ["dorwik"]}')
    (problem,) = documents(*words, status=1)["problems"]
    assert problem["fix"].startswith("Did you mean 'dorvik'?")


def test_a_table_is_not_read_as_a_report(tmp_path):
    table = tmp_path / "states.csv"
    table.write_text("subject,predicate,value\nDorvik,besieged,yes\n")
    (problem,) = documents("read", table, status=1)["problems"]
    assert "tidings add" in problem["fix"]


def test_without_roads_the_brief_says_which_file_to_fill_and_the_forecast_is_refused(tmp_path):
    folder, report = tmp_path / "crisis", tmp_path / "report.txt"
    report.write_text(REPORT)
    tidings("new", folder, "--countries", "SYR,TUR")
    tidings("add", folder, report)
    tidings("brief", folder)
    assert "roads.csv" in (folder / "brief.html").read_text()
    wheres = {p["where"] for p in documents("forecast", folder, status=1)["problems"]}
    assert "roads.csv" in wheres


def test_json_is_alone_on_standard_output(valdria):
    command = [sys.executable, "-m", "tidings.cli", "situation", str(valdria), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert json.loads(done.stdout)["schema"] == "tidings/situation@1"


def test_ctrl_c_ends_a_command_with_130_and_a_word(valdria, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("tidings.release.folder.forecast_folder", stop)
    assert tidings("forecast", valdria, "--members", 2, status=130).stderr.strip() == "interrupted"


@pytest.mark.parametrize("option", ["-o", "--hubverse"])
def test_a_file_of_a_forecast_that_cannot_be_written_is_refused_before_anything_is_simulated(
    valdria, tmp_path, monkeypatch, option
):
    monkeypatch.setattr("tidings.release.folder.forecast_folder", None)
    told = tidings("forecast", valdria, option, tmp_path / "nowhere" / "people.nc", status=3).stderr
    assert "people.nc: its folder does not exist" in told


def test_a_folder_in_place_of_the_table_or_the_brief_is_refused_before_anything_is_simulated(
    valdria, tmp_path, monkeypatch
):
    monkeypatch.setattr("tidings.release.folder.forecast_folder", None)
    for words in (("forecast", valdria, "--hubverse", tmp_path), ("brief", valdria, "-o", tmp_path)):
        assert "this is a folder, not a file" in tidings(*words, status=1).stderr


@pytest.fixture
def good_and_bad(tmp_path):
    (tmp_path / "good.txt").write_text(REPORT)
    (tmp_path / "also.txt").write_text(REPORT.replace("Dorvik", "Belmar"))
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "rows.csv").write_text("place,day\nx,2031-01-01\n")
    return [tmp_path / name for name in ("empty.txt", "good.txt", "none.txt", "rows.csv", "gone.txt", "also.txt")]


def test_files_that_cannot_be_read_keep_no_other_from_being_shown_and_all_are_told(good_and_bad):
    told = tidings("read", *good_and_bad, status=1)
    assert [line.partition(":")[0] for line in told.stdout.splitlines() if ".txt: " in line] == ["good.txt", "also.txt"]
    for name in ("empty.txt", "none.txt", "rows.csv", "gone.txt"):
        assert name in told.stderr
        assert name not in told.stdout


def test_with_json_all_files_that_cannot_be_read_are_told_in_one_document(good_and_bad):
    document = documents("read", *good_and_bad, status=1)
    assert document["schema"] == "tidings/problems@1"
    assert {Path(p["where"]).name for p in document["problems"]} == {"empty.txt", "none.txt", "rows.csv", "gone.txt"}


def test_files_that_cannot_be_read_are_all_told_and_none_is_added(tmp_path, good_and_bad):
    folder = tmp_path / "crisis"
    tidings("new", folder, "--countries", "SYR")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    problems = documents("add", folder, *good_and_bad, "--published", "2031-03-01", status=1)["problems"]
    assert {"empty.txt", "none.txt", "gone.txt"} <= {Path(p["where"]).name for p in problems}
    assert any("rows.csv" in p["where"] for p in problems)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_corrected_claim_is_listed_as_corrected_beside_the_words_of_the_report(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    claim = next(c for c in documents("claims", folder)["claims"] if c["kind"] == "figure")
    change = ("--reviewer", "Duty officer", "--to", '{"value": 350, "status": "displaced"}')
    tidings("claims", folder, "correct", claim["id"], *change)
    (listed,) = (c for c in documents("claims", folder)["claims"] if c["id"] == claim["id"])
    assert (listed["content"], listed["corrected"]["value"]) == (claim["content"], 350)
    line = next(row for row in tidings("claims", folder).stdout.splitlines() if row.startswith(claim["id"]))
    assert "displaced" in line
    assert "350 " in line
    assert f"«{claim['words']}» (corrected)" in line


def test_a_correction_of_a_field_that_is_not_there_names_those_that_are(tmp_path):
    folder = tmp_path / "valdria"
    copy_example("valdria", folder)
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    claim = next(c for c in documents("claims", folder)["claims"] if c["kind"] == "event")
    change = ("--reviewer", "Duty officer", "--to", '{"actor": "x"}')
    told = tidings("claims", folder, "correct", claim["id"], *change, status=1).stderr
    assert "What can be corrected: actors, certainty" in told
