"""The forms of a package are made in a process of its own: in the dictionary's order, with none of the site's secrets, and a fault of it is told."""

from pathlib import Path

import pytest

from deliberation.exports import forming
from deliberation.exports.forming import FormsFailed
from deliberation.exports.progress import Progress, Stopped

ABOUT = {"funnel": {}, "not_in_research": 0}


@pytest.fixture
def at_work(tmp_path):
    (tmp_path / "graph").mkdir()
    with forming.forming(tmp_path) as process:
        yield process


def test_tables_come_in_the_order_of_the_dictionary_whichever_is_whole_first():
    told = iter([["values", "responses", "quotes"], ["values", 3], ["responses", 1], ["quotes", 2]])
    assert list(forming._in_order(told)) == [("responses", 1), ("quotes", 2), ("values", 3)]


def test_a_table_waits_for_none_that_comes_after_it():
    told = iter([["quotes", "responses"], ["responses", 1]])
    assert next(forming._in_order(told)) == ("responses", 1)


def test_what_went_wrong_in_it_is_told(at_work):
    at_work.expect(["responses"])
    at_work.take("responses", 1)  # of which there is no file
    with pytest.raises(FormsFailed, match=r"responses\.jsonl"):
        at_work.made(ABOUT, Progress())


def test_tables_of_a_process_that_is_gone_are_a_fault_at_once(at_work):
    at_work.process.kill()
    at_work.process.wait()
    with pytest.raises(FormsFailed):
        at_work.take("responses", 1)


def test_who_has_lost_the_package_waits_for_nothing(at_work):
    at_work.expect(["responses"])
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        at_work.made(ABOUT, progress)


def test_it_is_gone_once_what_it_served_is_over(tmp_path):
    with forming.forming(tmp_path) as at_work:
        assert at_work.process.poll() is None
    assert at_work.process.poll() is not None


def test_it_is_told_none_of_the_sites_secrets(at_work, monkeypatch):
    at_work.expect(["responses"])
    known = Path(f"/proc/{at_work.process.pid}/environ").read_bytes().split(b"\0")
    assert [one for one in known if one] == [b"LANG=C.UTF-8"]
