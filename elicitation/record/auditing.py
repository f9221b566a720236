"""Go through the whole record and say what does not fit: entries, tiles, heads, and heads kept outside."""

from collections.abc import Collection, Generator, Iterator, Sequence
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from elicitation.record.actions import ERASED
from elicitation.record.checkpoint import BadKey, BadNote, Head, opened, verifier_of
from elicitation.record.leaves import leaf
from elicitation.record.models import Entry, Tile, TreeHead
from elicitation.record.queries import latest_head
from elicitation.record.tiles import WIDTH, Place, grow, top

CHUNK = 20 * WIDTH


def faults(outside: Sequence[str] = (), trusted: Collection[str] = ()) -> Iterator[str]:
    """A sentence for each thing that is wrong; none where all is well.

    `outside` are signed heads kept elsewhere: without one, who holds the database and the key can rewrite or cut it
    unseen. `trusted` are the keys that may have signed; without any, those the heads name are taken at their word.
    """
    head = latest_head()  # what is sealed meanwhile is left for the next time
    tiles: dict[Place, bytes] = {}
    size = yield from _entries(head.size if head else 0, tiles)
    yield from _erased()
    yield from _tiles(tiles)
    yield from _heads(head.size if head else 0, size, tiles, trusted)
    for note in outside:
        yield from _outside(note, size, tiles, trusted)


def _entries(end: int, tiles: dict[Place, bytes]) -> Generator[str, None, int]:
    """Every entry before place `end` there, with its own leaf; fills `tiles` anew and returns how many there are
    before the first that is missing.
    """
    size = 0
    leaves: list[bytes] = []
    for entry in Entry.objects.filter(index__lt=end).order_by("index").iterator(CHUNK):
        if entry.index != size + len(leaves):
            yield f"Entry {size + len(leaves)} is missing; {entry.index} comes next."
            break
        if not _says_nothing(entry) and _leaf(entry) != bytes(entry.leaf):
            yield f"Entry {entry.index} does not say what was sealed."
        leaves.append(bytes(entry.leaf))
        if len(leaves) == CHUNK:
            tiles |= grow(size, leaves, tiles.__getitem__)
            size, leaves = size + len(leaves), []
    else:
        if size + len(leaves) < end:
            yield f"Entry {size + len(leaves)} is missing; the newest head is over {end}."
    tiles |= grow(size, leaves, tiles.__getitem__)
    return size + len(leaves)


def _says_nothing(entry: Entry) -> bool:
    """Whether it is as an erasure leaves it. A body that is gone in any other way is a change like all others."""
    return entry.erased_at is not None and entry.body is None and entry.salt is None


def _leaf(entry: Entry) -> bytes:
    body: Any = entry.body  # whatever it was changed into
    return leaf(entry.kind, entry.at, body, bytes(entry.salt or b""))


def _erased() -> Iterator[str]:
    """Every erased entry was erased by an act on record."""
    erased = list(Entry.objects.exclude(erased_at=None).values_list("pk", "index"))
    bodies = Entry.objects.filter(kind=ERASED).exclude(body=None).values_list("body", flat=True)
    told = {pk for body in bodies for pk in _named(body)}
    for pk, index in erased:
        if pk not in told:
            yield f"Entry {index} was erased by no act of the record."


def _named(body: Any) -> list[int]:
    """The entries the body of an erasure names; whatever it was changed into, none at worst."""
    named = body.get("entries") if isinstance(body, dict) else None
    return [pk for pk in named if isinstance(pk, int)] if isinstance(named, list) else []


def _tiles(made: dict[Place, bytes]) -> Iterator[str]:
    """The stored tree begins as the one the leaves make."""
    stored = Tile.objects.values_list("level", "number", "hashes").iterator()
    there = {(level, number): bytes(hashes) for level, number, hashes in stored}
    for place, hashes in sorted(made.items()):
        if there.get(place, b"")[: len(hashes)] != hashes:
            yield f"Tile {place[0]}/{place[1]} of the stored tree is not what its leaves make."


def _heads(
    end: int, size: int, tiles: dict[Place, bytes], trusted: Collection[str]
) -> Iterator[str]:
    newest = TreeHead.objects.order_by("-size").values("size")[:1]
    if Entry.objects.filter(index__gte=Coalesce(Subquery(newest), 0)).exists():
        yield "There are entries with a place that no head is over."
    for head in TreeHead.objects.order_by("size"):
        if trusted and head.key not in trusted:
            yield f"Head {head.size} is signed with a key that is not trusted."
        said = _opened(head.note, [head.key])
        if said is None:
            yield f"Head {head.size} is not signed by its key."
        elif (said.size, said.root) != (head.size, bytes(head.root)):
            yield f"Head {head.size} does not say what was signed."
        elif not _fits(said, size, tiles) and head.size <= end:
            yield f"Head {head.size} does not fit the entries it is over."


def _outside(
    note: str, size: int, tiles: dict[Place, bytes], trusted: Collection[str]
) -> Iterator[str]:
    known = trusted or set(TreeHead.objects.values_list("key", flat=True).distinct())
    said = _opened(note, known)
    if said is None:
        yield "A head from outside is signed with none of the keys of this record."
    elif said.size > size:
        yield f"A head from outside is over {said.size} entries; only {size} are left."
    elif not _fits(said, size, tiles):
        yield f"The first {said.size} entries are not those of a head from outside."


def _fits(said: Head, size: int, tiles: dict[Place, bytes]) -> bool:
    try:
        return said.size <= size and top(said.size, tiles.__getitem__) == said.root
    except LookupError:
        return False


def _opened(note: str, keys: Collection[str]) -> Head | None:
    """What a note says where one of `keys` signed it."""
    for key in keys:
        try:
            return opened(note, verifier_of(key))
        except (BadNote, BadKey):
            continue
    return None
