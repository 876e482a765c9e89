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


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_has_json_and_help_with_an_example(command):
    told = tidings(command, "--help").stdout
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
    tidings("reed", status=2)
    tidings("read", "--colour", status=2)


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


def test_a_full_disk_is_an_error_of_the_environment_and_leaves_no_part(valdria):
    problems = documents("brief", valdria, "-o", "/dev/full/brief.html", status=3)["problems"]
    assert problems[0]["fix"]


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
