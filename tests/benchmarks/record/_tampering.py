"""What an operator with the database, and with `re-sign` and `roll back` the signing key too, could try. Imported once the ground is ready."""

import random
from collections import Counter
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, JSONField, Value

from elicitation.record.actions import append_many, erase
from elicitation.record.auditing import faults
from elicitation.record.checkpoint import signer_of
from elicitation.record.leaves import leaf, new_salt
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.sealing import seal
from elicitation.record.tiles import grow, top
from tests.benchmarks.figures import SEED, Figure

ENTRIES, EACH = 600, 200
SIGNER = signer_of(settings.RECORD_KEY)


def figures() -> Iterator[Figure]:
    """Found with one outside head, of 1,600; and, as it is, without one."""
    fill()
    outside = [TreeHead.objects.first().note]
    clean = len(list(faults(outside)))
    yield Figure("faults found in the record nobody touched", clean, 0, most=True)
    with_head, without = Counter(), Counter()
    dice = random.Random(SEED)
    for name, tamper in TAMPERINGS.items():
        for _ in range(EACH):
            with transaction.atomic():
                tamper(dice)
                with_head[name] += bool(list(faults(outside)))  # to its end: it may break off
                without[name] += bool(list(faults()))
                transaction.set_rollback(True)
        yield Figure(f"{name}, found with one outside head, of {EACH}", with_head[name], EACH)
        # A record that was cut, or signed anew with its own key, looks whole to who has nothing to compare it with.
        hopeless = name in {"cut the tail", "re-sign with the key", "roll back"}
        yield Figure(
            f"{name}, found without one, of {EACH}", without[name], 0 if hopeless else EACH
        )
    yield Figure("all, found with one outside head", with_head.total(), 8 * EACH)
    yield Figure("all, found without one", without.total(), 5 * EACH)


def fill() -> None:
    """A record of 600 entries under ten heads, a few of them erased."""
    while (there := Entry.objects.count()) < ENTRIES:
        with transaction.atomic():
            made = append_many("thing.done", ({"thing": there + n} for n in range(60)))
        if there % 180 == 0:
            erase([made[7].pk])
        seal()


def edit(dice: random.Random) -> None:
    """Another body, none, another kind or time, leaf and tree left as they were."""
    entry = one(dice)
    changes = [
        {"body": {"thing": -1}},
        {"body": Value(None, JSONField())},
        {"kind": "thing.undone"},
        {"at": entry.at.replace(year=2001)},
    ]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE record_entry DROP CONSTRAINT entry_body_is_an_object")
    Entry.objects.filter(pk=entry.pk).update(**dice.choice(changes))


def delete(dice: random.Random) -> None:
    """One entry gone, sometimes with those after it moved up."""
    entry = one(dice)
    place = entry.index
    entry.delete()
    if dice.random() < 0.5:
        shift(place, -1)


def swap(dice: random.Random) -> None:
    """Two entries in each other's place."""
    first, second = one(dice), one(dice)
    while second.pk == first.pk:
        second = one(dice)
    Entry.objects.filter(pk=first.pk).update(index=None)
    Entry.objects.filter(pk=second.pk).update(index=first.index)
    Entry.objects.filter(pk=first.pk).update(index=second.index)


def insert(dice: random.Random) -> None:
    """One entry that never was, those after it moved down."""
    entry = one(dice)
    shift(entry.index, +1)
    salt, body = new_salt(), {"thing": "never was"}
    forged = leaf(entry.kind, entry.at, body, salt)
    Entry.objects.create(
        at=entry.at, kind=entry.kind, body=body, salt=salt, leaf=forged, index=entry.index
    )


def rechain(dice: random.Random) -> None:
    """An entry rewritten with its leaf, and the whole tree and the roots of the heads made anew; the signatures stay."""
    rewrite(one(dice))
    rebuild()
    for head in TreeHead.objects.all():
        TreeHead.objects.filter(pk=head.pk).update(root=top(head.size, stored))


def cut(dice: random.Random) -> None:
    """The newest entries gone, with their heads: an older state, whole in itself."""
    heads = list(TreeHead.objects.all())
    kept = dice.choice(heads[1:])
    TreeHead.objects.filter(size__gt=kept.size).delete()
    Entry.objects.filter(index__gte=kept.size).delete()
    rebuild()


def resign(dice: random.Random) -> None:
    """As re-chain, and every head signed anew with the record's own key."""
    rewrite(one(dice))
    rebuild()
    for head in TreeHead.objects.all():
        root = top(head.size, stored)
        TreeHead.objects.filter(pk=head.pk).update(root=root, note=SIGNER.seal(head.size, root))


def roll_back(dice: random.Random) -> None:
    """An old copy put back, and the record going on from there with other entries under the record's own key."""
    cut(dice)
    size = TreeHead.objects.first().size
    for entry in append_many("thing.done", ({"other": n} for n in range(dice.randrange(1, 800)))):
        Entry.objects.filter(pk=entry.pk).update(index=size)
        size += 1
    rebuild()
    root = top(size, stored)
    note = SIGNER.seal(size, root)
    TreeHead.objects.create(size=size, root=root, note=note, key=SIGNER.verifier.line)


TAMPERINGS: dict[str, Callable[[random.Random], None]] = {
    "edit": edit,
    "delete": delete,
    "swap": swap,
    "insert": insert,
    "re-chain": rechain,
    "cut the tail": cut,
    "re-sign with the key": resign,
    "roll back": roll_back,
}


def one(dice: random.Random) -> Entry:
    """Any entry that is sealed and not erased."""
    standing = Entry.objects.exclude(index=None).filter(erased_at=None, kind="thing.done")
    return standing.order_by("pk")[dice.randrange(standing.count())]


def shift(place: int, by: int) -> None:
    """Move every entry from `place` on, by way of places far away, for no two may share one."""
    far = 10_000_000
    Entry.objects.filter(index__gte=place).update(index=F("index") + far)
    Entry.objects.filter(index__gte=far).update(index=F("index") - far + by)


def rewrite(entry: Entry) -> None:
    """Another body with a leaf that fits it."""
    body = {"thing": "rewritten"}
    forged = leaf(entry.kind, entry.at, body, bytes(entry.salt))
    Entry.objects.filter(pk=entry.pk).update(body=body, leaf=forged)


def rebuild() -> None:
    """Make the stored tree anew from the entries."""
    leaves = Entry.objects.exclude(index=None).order_by("index").values_list("leaf", flat=True)
    made = grow(0, [bytes(one) for one in leaves], {}.__getitem__)
    Tile.objects.all().delete()
    Tile.objects.bulk_create(
        Tile(level=level, number=n, hashes=h) for (level, n), h in made.items()
    )


def stored(place: tuple[int, int]) -> bytes:
    """A tile as it is stored."""
    return bytes(Tile.objects.get(level=place[0], number=place[1]).hashes)
