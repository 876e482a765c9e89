"""The first Ctrl-C or SIGTERM is told and ends the work; later ones, and signals that others see to, change nothing."""

import signal
import threading
from contextlib import suppress

import pytest

from tidings.ensemble.interruption import Interrupted, Interruption, leave, leaving

RAISED = [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]


@pytest.fixture(autouse=True)
def handlers():
    """Give the signals back as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield before
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "raised"), RAISED)
def test_the_first_signal_is_told_and_raised_and_the_next_ones_change_nothing(number, raised, caplog):
    def work():
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(raised) as left, Interruption("stopping"):
        work()
    assert caplog.messages == ["stopping"]
    assert number == signal.SIGINT or left.value.code == 143


def test_afterwards_signals_are_handled_as_before(handlers):
    with Interruption("stopping"):
        assert signal.getsignal(signal.SIGINT) != handlers[signal.SIGINT]
    assert {number: signal.getsignal(number) for number in handlers} == handlers


@pytest.mark.parametrize(("number", "raised"), RAISED)
def test_what_is_held_is_raised_where_it_is_asked_for(number, raised):
    done = []

    def work(interruption):
        with interruption.held():
            signal.raise_signal(number)
            done.append("whole")
            interruption.check()
            done.append("more")

    with pytest.raises(raised), Interruption("stopping") as interruption:
        work(interruption)
    assert done == ["whole"]


def test_what_is_held_and_never_asked_for_is_raised_at_the_end():
    with pytest.raises(KeyboardInterrupt), Interruption("stopping") as interruption, interruption.held():
        signal.raise_signal(signal.SIGINT)


def test_a_signal_that_was_lost_is_raised_when_it_is_asked_for():
    def work(interruption):
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        interruption.check()

    with pytest.raises(KeyboardInterrupt), Interruption("stopping") as interruption:
        work(interruption)


def test_somebody_elses_handling_stays():
    def own(*_):
        """Do nothing."""

    signal.signal(signal.SIGTERM, own)
    with Interruption("stopping"):
        assert signal.getsignal(signal.SIGTERM) is own


def test_in_another_thread_signals_are_left_alone(handlers):
    seen = []

    def look():
        with Interruption("stopping") as interruption:
            interruption.check()
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [handlers[signal.SIGTERM]]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_line_ends_with_the_signals_status_and_is_deaf_from_then_on(number, status):
    with pytest.raises(Interrupted) as left, leaving(), Interruption("stopping"):
        signal.raise_signal(number)
    assert left.value.code == status
    for each in (signal.SIGINT, signal.SIGTERM):
        assert signal.getsignal(each) == signal.SIG_IGN
        signal.raise_signal(each)


def test_a_signal_that_is_ignored_stays_ignored():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with leaving(), Interruption("stopping"):
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) != leave
