"""Backups: what was backed up comes back row for row, what was taken back since does not, and nothing is asked of a model twice."""

import stat
import threading
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from deliberation.artifacts.actions.leaving import take_everything_back
from deliberation.assemblies.actions import consenting, taking_part
from deliberation.assemblies.actions.agents import permit_proposals
from deliberation.assemblies.actions.hooks import set_hook
from deliberation.assemblies.actions.tokens import make_token
from deliberation.assemblies.models import Agreement
from deliberation.exports import archives, backing_up, copying, withdrawals
from deliberation.exports.actions import restoring
from deliberation.moderation.actions import proposing
from deliberation.moderation.machine_words import Wording
from elicitation.interview.drafts import Words
from elicitation.interview.models import Respondent
from elicitation.record import queries as record
from elicitation.record import sealing
from tests.conftest import newcomer
from tests.deliberation.exports._second import second
from tests.model_server import ModelServer
from tests.traces import tables_with
from tests.workers import empty_broker, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
OF_RESTORING = {"assemblies_token", "extraction_readingswitch", "record_entry"}
WORDS = ("The mayor must open the doors", "who is left without a door to knock on", "A bridge, rather.")  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()


def backed_up(folder, name="one.backup"):
    return backing_up.back_up(folder / name), folder / name


def listed(folder):
    """The list of withdrawals as a worker keeps it."""
    file = folder / "withdrawals.jsonl"
    withdrawals.Notebook(file).write()
    return file


def holds(database, folder):
    """What each table of another database holds, by its own backup."""
    out = folder / f"{database.name}.backup"
    assert database.manage("backup", out).returncode == 0
    with archives.opened(out) as archive:
        return archive.manifest.tables


def test_every_row_comes_back_and_the_record_is_whole(whole, tmp_path, settings):
    sealing.seal()
    (tmp_path / "head").write_text(record.latest_head().note)
    (settings.MEDIA_ROOT / "imports").mkdir()
    (settings.MEDIA_ROOT / "imports" / "answers.csv").write_text("id,answer\n1,x\n")
    told, file = backed_up(tmp_path)
    assert sum(rows.rows == 0 for rows in told.tables.values()) < len(told.tables) / 2
    with second(tmp_path) as other:
        done = other.manage("restore", file, "--nothing-withdrawn")
        assert done.returncode == 0, done.stderr
        there = holds(other, tmp_path)
        assert {t for t in there if there[t] != told.tables[t]} == OF_RESTORING
        head = record.latest_head()
        audited = other.manage("audit_record", "--head", tmp_path / "head")
        assert f"All is well: {head.size} sealed" in audited.stdout, audited.stderr
        assert (other.media / "imports" / "answers.csv").read_text() == "id,answer\n1,x\n"
        added = other.ask("SELECT kind FROM record_entry WHERE index IS NULL ORDER BY id")
        assert added == ["reading.switched_off", "backup.restored"]


def test_new_rows_after_restoring_get_numbers_nobody_had(whole, tmp_path):
    told, file = backed_up(tmp_path)
    with second(tmp_path) as other:
        other.manage("restore", file, "--nothing-withdrawn")
        next_ones = other.ask(
            "SELECT min(last_value) FROM pg_sequences WHERE sequencename = 'record_entry_id_seq'"
        )
    assert next_ones[0] > told.sequences["record_entry_id_seq"]


def test_who_took_everything_back_after_the_backup_is_nowhere(whole, member, invitation, prompt, tmp_path):  # fmt: skip
    empty_broker()
    stays = newcomer(invitation)
    taking_part.answer(stays, prompt, Words("I look at the oldest tree.", "en", "stays"))
    _, file = backed_up(tmp_path)
    assert all(
        tables_with(words) for words in WORDS
    )  # otherwise the scan finds nothing whatever happens
    take_everything_back(member)
    with second(tmp_path) as other:
        done = other.manage("restore", file, "--withdrawn", listed(tmp_path))
        assert done.returncode == 0, done.stderr
        with worker(
            **other.environment
        ):  # published documents are corrected by the worker, as always
            until(lambda: not any(other.tables_with(words) for words in WORDS))
        assert other.tables_with("I look at the oldest tree.") == {"interview_revision"}


def test_one_answer_taken_back_stays_taken_back_and_no_other(member, prompt, assembly, tmp_path):
    other_prompt = assembly.inquiries.get().prompts.last()
    gone = taking_part.answer(member, prompt, Words("The first marker.", "en", "a"))
    taking_part.answer(member, other_prompt, Words("The second marker.", "en", "b"))
    _, file = backed_up(tmp_path)
    taking_part.withdraw(gone)
    with second(tmp_path) as other:
        told = other.manage("restore", file, "--withdrawn", listed(tmp_path)).stdout
        assert "taken back again: 1." in told
        assert other.tables_with("The first marker.") == set()
        assert other.tables_with("The second marker.") == {"interview_revision"}


def test_a_refusal_since_the_backup_still_holds_and_one_from_before_is_not_done_again(member, invitation, tmp_path):  # fmt: skip
    late, early = member, newcomer(invitation)
    consenting.decide(early, Agreement.Purpose.RESEARCH, given=False)
    consenting.decide(early, Agreement.Purpose.RESEARCH, given=True)
    _, file = backed_up(tmp_path)
    consenting.decide(late, Agreement.Purpose.RESEARCH, given=False)
    with second(tmp_path) as other:
        told = other.manage("restore", file, "--withdrawn", listed(tmp_path)).stdout
        assert "taken back again: 1." in told
        kept_out = other.ask("SELECT id FROM interview_respondent WHERE NOT in_research")
    assert late.respondent_id in kept_out
    assert early.respondent_id not in kept_out
    assert Respondent.objects.get(pk=early.respondent_id).in_research


def test_an_ais_words_taken_back_since_the_backup_stay_erased_and_no_others(assembly, account, tmp_path):  # fmt: skip
    permit_proposals(assembly, True)
    token, _ = make_token(assembly, account, "Advisor", ["propose"], 30)
    question = assembly.inquiries.get().pk
    shade, stairs = (
        proposing.propose(token, question, said)
        for said in (
            Wording("en", "Shade of plane trees", ("TREES over benches",), "it is hot"),
            Wording("en", attribute="The town", deontic="should", aim="light the stairs"),
        )
    )
    _, file = backed_up(tmp_path)
    proposing.take_back_proposal(shade, "proposer")
    proposing.take_back_proposal(shade, "proposer")
    with second(tmp_path) as other:
        assert other.manage("restore", file, "--nothing-withdrawn").returncode == 0
        assert other.tables_with("TREES over benches")  # otherwise the list would do nothing
    with second(tmp_path) as other:
        told = other.manage("restore", file, "--withdrawn", listed(tmp_path))
        assert "taken back again: 1." in told.stdout, told.stderr
        for words in ("Shade of plane trees", "TREES over benches", "it is hot"):
            assert other.tables_with(words) == set()
        gone = "SELECT id FROM moderation_machineproposal WHERE state = 'withdrawn'"
        assert other.ask(gone) == [shade.pk]
        waits = "SELECT id FROM moderation_machineproposal WHERE state = 'waiting'"
        assert other.ask(waits) == [stairs.pk]


def test_whatever_the_list_names_can_be_done_again():
    assert restoring.AGAIN.keys() == withdrawals.NAMED.keys()


def test_no_program_is_let_in_or_told_anything_after_restoring(assembly, account, tmp_path):
    make_token(assembly, account, "of the institute", ["read"], 30)
    set_hook(assembly, "https://example.org/told", ["document.published"])
    _, file = backed_up(tmp_path)
    with second(tmp_path) as other:
        done = other.manage("restore", file, "--nothing-withdrawn")
        assert "2 tokens and webhooks ended" in done.stdout, done.stderr
        assert other.ask("SELECT id FROM assemblies_token WHERE ended_at IS NULL") == []
        assert other.ask("SELECT id FROM assemblies_hook WHERE ended_at IS NULL") == []


def test_no_model_is_asked_after_restoring_until_the_operator_says_so(member, prompt, tmp_path):
    empty_broker()
    taking_part.answer(member, prompt, Words("I look at who is left alone.", "en", "k"))
    _, file = backed_up(tmp_path)
    with second(tmp_path) as other, ModelServer() as model:
        assert other.manage("restore", file, "--nothing-withdrawn").returncode == 0
        told = {
            "GROUNDWORK_ENGINE": "openai",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "k",
            "OPENAI_MODEL": "m",
        }
        states = "SELECT state FROM extraction_readingrequest"
        with worker(**other.environment, **told):
            swept = "SELECT 1 FROM record_entry WHERE index IS NULL"
            until(
                lambda: not other.ask(swept)
            )  # the scheduler rings, and what it rings for is done
            assert model.calls == []
            assert other.ask(states) == ["needs_person"]
            assert "again in 1 inquiries" in other.manage("resume_reading").stdout
            until(lambda: other.ask(states) == ["read"])
        assert len(model.calls) == 1


def test_a_backup_is_for_its_owner_alone_and_never_written_over(assembly, tmp_path):
    _, file = backed_up(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    assert file.read_bytes() == before


def test_a_backup_that_broke_off_leaves_nothing_behind(tmp_path):
    def breaking():
        with archives.written_whole(tmp_path / "one") as archive:
            archive.keep("tables/x", [b"row\n"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaking()
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []


def test_a_snapshot_sees_nothing_of_what_is_committed_meanwhile(invitation):
    def meanwhile():
        newcomer(invitation)
        connection.close()

    with copying.snapshot():
        before = {table: copying.held(table) for table in copying.tables()}
        other = threading.Thread(target=meanwhile)
        other.start()
        other.join()
        assert {table: copying.held(table) for table in copying.tables()} == before
    with copying.snapshot():
        assert copying.held("interview_respondent") != before["interview_respondent"]


def test_restoring_wants_to_be_told_what_was_taken_back(tmp_path):
    with pytest.raises(CommandError, match="required"):
        call_command("restore", str(tmp_path / "one.backup"))


def test_a_database_that_holds_something_is_left_as_it_is(assembly, tmp_path):
    _, file = backed_up(tmp_path)
    before = copying_of_all()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(file), "--nothing-withdrawn")
    assert copying_of_all() == before


def copying_of_all():
    with copying.snapshot():
        return {table: copying.held(table) for table in copying.tables()}


def test_a_database_without_tables_says_what_to_do(assembly, tmp_path):
    _, file = backed_up(tmp_path)
    with second(tmp_path, migrated=False) as other:
        done = other.manage("restore", file, "--nothing-withdrawn")
        assert done.returncode == 1
        assert "manage.py migrate first" in done.stderr


def test_a_database_with_other_migrations_is_refused(assembly, tmp_path):
    _, file = backed_up(tmp_path)
    with second(tmp_path) as other:
        later = (
            "DELETE FROM django_migrations WHERE app = 'assemblies' AND name > '0007' RETURNING id"
        )
        assert other.ask(later)
        done = other.manage("restore", file, "--nothing-withdrawn")
        assert done.returncode == 1
        assert "newer than this database" in done.stderr
        assert other.ask("SELECT count(*) FROM interview_inquiry") == [0]


def rewritten(file, to, change):
    """A copy of an archive with its members passed through `change`; None leaves one out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


@pytest.mark.parametrize(
    "change",
    [
        lambda name, held: held.replace(b"water", b"wader") if name == "tables/assemblies_assembly" else held,
        lambda name, held: b"".join(held.splitlines(True)[1:]) if name == "tables/interview_prompt" else held,
        lambda name, held: None if name == "tables/interview_prompt" else held,
        lambda name, held: b"another file" if name == "files/one.csv" else held,
        lambda name, held: None if name == "manifest.json" else held,
        lambda name, held: held.replace(b"files/one.csv", b"../one.csv").replace(b'"one.csv"', b'"../one.csv"') if name == "manifest.json" else held,
    ],
    ids=["a word changed", "a row cut", "a table gone", "a file changed", "no manifest", "a path outside"],
)  # fmt: skip
def test_a_backup_somebody_changed_is_refused_and_nothing_of_it_is_kept(change, assembly, tmp_path, settings):  # fmt: skip
    (settings.MEDIA_ROOT / "one.csv").write_text("id\n")
    _, file = backed_up(tmp_path)
    changed = rewritten(file, tmp_path / "changed", change)
    with second(tmp_path) as other:
        done = other.manage("restore", changed, "--nothing-withdrawn")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert other.ask("SELECT count(*) FROM record_entry") == [0]
        assert not [p for p in Path(other.media).rglob("*") if p.is_file()]


def test_half_a_backup_is_refused(assembly, tmp_path):
    _, file = backed_up(tmp_path)
    half = tmp_path / "half"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(CommandError, match="no whole backup"):
        call_command("restore", str(half), "--nothing-withdrawn")


def test_the_list_is_written_once_and_goes_on_after_a_torn_line(member, prompt, tmp_path):
    answer = taking_part.answer(member, prompt, Words("Words.", "en", "a"))
    book = withdrawals.Notebook(tmp_path / "list")
    assert book.write() == 0
    assert book.file.read_bytes() == b""  # there, and empty: nobody took anything back
    taking_part.withdraw(answer)
    assert book.write() == 1
    assert book.write() == 0
    (one,), unread = withdrawals.read(book.file)
    assert (one.kind, one.of, unread) == ("response.withdrawn", str(answer.pk), 0)
    book.file.write_bytes(book.file.read_bytes()[:-30])
    assert withdrawals.Notebook(book.file).write() == 1
    assert withdrawals.read(book.file) == ([one], 1)
    assert stat.S_IMODE(book.file.stat().st_mode) == 0o600
    assert b"Words." not in book.file.read_bytes()


def test_a_worker_keeps_the_list_by_itself(member, prompt, tmp_path):
    empty_broker()
    taking_part.withdraw(taking_part.answer(member, prompt, Words("Words.", "en", "a")))
    file = tmp_path / "list"
    with worker(WITHDRAWALS_FILE=str(file)):
        until(lambda: file.exists() and withdrawals.read(file)[0])
