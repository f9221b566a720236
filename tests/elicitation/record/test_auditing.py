"""The audit and the commands an operator has: what was changed is named, what is whole is said to be."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import JSONField, Value
from django.test.utils import CaptureQueriesContext

from elicitation.record.actions import append_many, erase
from elicitation.record.auditing import faults
from elicitation.record.checkpoint import new_signer, signer_of, verifier_of
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.queries import latest_head, state
from elicitation.record.sealing import seal

NULL = Value(None, JSONField())


@pytest.fixture
def sealed(db):
    made = append_many("thing.done", ({"n": n} for n in range(300)))
    seal()
    erase([made[5].pk])
    seal()
    return made


def told(*outside, trusted=()):
    return list(faults(outside, trusted))


def lift(constraint):
    """What who holds the database can do as well."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE record_entry DROP CONSTRAINT {constraint}")


def test_a_record_nobody_touched_has_no_fault(sealed):
    head = latest_head()
    assert told(head.note) == []
    assert told(head.note, trusted=[head.key]) == []


def test_what_was_changed_is_named(sealed):
    Entry.objects.filter(index=7).update(kind="thing.undone")
    assert told() == ["Entry 7 does not say what was sealed."]


def test_an_erasure_nobody_did_is_a_fault(sealed):
    now = latest_head().sealed_at
    Entry.objects.filter(index=7).update(body=None, salt=None, erased_at=now)
    assert told() == ["Entry 7 was erased by no act of the record."]


def test_a_body_replaced_by_the_null_of_json_is_refused(sealed):
    with pytest.raises(IntegrityError, match="entry_body_is_an_object"), transaction.atomic():
        Entry.objects.filter(index=7).update(body=NULL)


@pytest.mark.parametrize("change", [{"body": NULL}, {"body": NULL, "kind": "thing.undone"}])
@pytest.mark.parametrize("body", [{"n": 1}, {}])
def test_a_body_destroyed_without_an_erasure_is_a_fault(db, body, change):
    append_many("thing.done", [body])
    seal()
    lift("entry_body_is_an_object")
    Entry.objects.filter(index=0).update(**change)
    assert told(latest_head().note) == ["Entry 0 does not say what was sealed."]


@pytest.mark.parametrize("body", [{"n": 1}, {"entries": 5}, {"entries": [[5]]}])
def test_an_act_of_erasure_that_was_changed_is_named_and_erases_nothing(sealed, body):
    Entry.objects.filter(kind="record.erased").update(body=body)
    assert told() == [
        "Entry 300 does not say what was sealed.",
        "Entry 5 was erased by no act of the record.",
    ]


def test_an_erased_entry_that_says_something_again_is_a_fault(sealed):
    lift("entry_is_whole_or_erased")
    Entry.objects.filter(index=5).update(body={"n": 6}, salt=bytes(16))
    assert told() == ["Entry 5 does not say what was sealed."]


def test_an_entry_gone_is_missed(sealed):
    Entry.objects.filter(index=7).delete()
    assert "Entry 7 is missing; 8 comes next." in told()


@pytest.mark.parametrize("gone", [[0], [9], [10], [15], [19], [3, 15]])
def test_an_entry_gone_under_several_heads_is_told_with_the_heads_over_it(db, gone):
    for _ in range(2):
        append_many("thing.done", ({"n": n} for n in range(10)))
        seal()
    older = TreeHead.objects.get(size=10).note
    Entry.objects.filter(index__in=gone).delete()
    first = gone[0]
    said = told(older, latest_head().note)
    assert said[0].startswith(f"Entry {first} is missing; ")
    over = {size for size in (10, 20) if f"Head {size} does not fit the entries it is over." in said}  # fmt: skip
    assert over == {size for size in (10, 20) if size > first}
    outside = [size for size in (10, 20) if f"A head from outside is over {size} entries; only {first} are left." in said]  # fmt: skip
    assert set(outside) == over


def test_a_tree_that_is_not_that_of_the_leaves_is_a_fault(sealed):
    Tile.objects.filter(level=1).update(hashes=bytes(32))
    assert told() == ["Tile 1/0 of the stored tree is not what its leaves make."]


def test_a_head_signed_by_another_or_saying_something_else_is_a_fault(sealed):
    stranger = new_signer("tests.example/record")
    head = latest_head()
    assert told(trusted=[stranger.verifier.line])
    TreeHead.objects.filter(pk=head.pk).update(note=stranger.seal(head.size, bytes(head.root)))
    assert told() == [f"Head {head.size} is not signed by its key."]
    TreeHead.objects.filter(pk=head.pk).update(note=head.note, root=bytes(32))
    assert told() == [f"Head {head.size} does not say what was signed."]


def test_a_head_from_outside_finds_what_was_cut_or_signed_anew(sealed, settings):
    signer, kept = signer_of(settings.RECORD_KEY), latest_head()
    assert told(signer.seal(kept.size, bytes(32))) == [
        f"The first {kept.size} entries are not those of a head from outside."
    ]
    assert told(signer.seal(9_000, bytes(32))) == [
        f"A head from outside is over 9000 entries; only {kept.size} are left."
    ]
    assert "none of the keys" in told(new_signer("a.b/c").seal(1, bytes(32)))[0]


def test_the_command_says_whether_all_is_well_and_what_it_could_not_know(sealed, tmp_path):
    out = StringIO()
    call_command("audit_record", stdout=out)
    assert "All is well: 301 sealed entries." in out.getvalue()
    assert "No head from outside was given" in out.getvalue()
    kept = tmp_path / "head.txt"
    kept.write_text(latest_head().note, encoding="utf-8")
    out = StringIO()
    call_command("audit_record", "--head", str(kept), stdout=out)
    assert "No head from outside" not in out.getvalue()
    Entry.objects.filter(index=7).update(kind="thing.undone")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("audit_record", stderr=StringIO())
    with pytest.raises(CommandError, match="No such file"):
        call_command("audit_record", "--head", str(tmp_path / "none"))


class Hurried(StringIO):
    """A reader who leaves at the first word."""

    def write(self, text):
        raise KeyboardInterrupt


def test_the_command_says_a_fault_before_it_looks_for_the_next(sealed):
    Entry.objects.filter(index=7).update(kind="thing.undone")
    with CaptureQueriesContext(connection) as asked, pytest.raises(KeyboardInterrupt):
        call_command("audit_record", stderr=Hurried())
    assert not any('FROM "record_tile"' in query["sql"] for query in asked)


def test_the_command_shows_the_first_faults_and_counts_all(sealed):
    Entry.objects.filter(index__in=range(10, 40)).update(kind="thing.undone")
    err = StringIO()
    with pytest.raises(CommandError, match="30 faults"):
        call_command("audit_record", stderr=err)
    assert len(err.getvalue().splitlines()) == 20


def test_a_new_key_is_written_once_for_its_owner_alone(tmp_path):
    file, out = tmp_path / "key", StringIO()
    call_command("new_record_key", str(file), "--origin", "a.example/record", stdout=out, stderr=StringIO())  # fmt: skip
    assert file.stat().st_mode & 0o777 == 0o600
    signer = signer_of(file.read_text())
    assert verifier_of(out.getvalue()) == signer.verifier
    assert signer.name == "a.example/record"
    with pytest.raises(CommandError, match="there already"):
        call_command("new_record_key", str(file))
    assert signer_of(file.read_text()) == signer
    with pytest.raises(CommandError, match="no space"):
        call_command("new_record_key", str(tmp_path / "other"), "--origin", "a b")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("new_record_key", str(tmp_path / "none" / "key"))


def test_health_tells_the_last_head_and_what_waits(client, sealed):
    append_many("thing.done", [{}])
    told = json.loads(client.get("/health/ready").content)["record"]
    assert told["last_head"] == 301
    assert told["waiting"] == state().waiting == 1
    assert 0 <= told["waiting_seconds"] < 60
    assert told["last_head_seconds"] >= 0
