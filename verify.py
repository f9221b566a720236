"""Check a receipt, a document or signed heads of Groundwork, without Groundwork: python verify.py --help

One file; needs Python 3.11 and the package "cryptography", no network and no server. What it checks, and what it cannot, is told in
docs/users/verifying.md.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit('The package "cryptography" is needed: python -m pip install cryptography')

GOOD, UNREADABLE, LEAF, PLACE, SIGNATURE, HISTORY, WORDS, WAITING, NOT_COMPARED = (
    0,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
)
ENDS = """exit codes: 0 all holds; 2 a file cannot be read; 3 an entry is not the one that was sealed, or says nothing; 4 an entry is not in the tree;
5 a signature does not hold, or is of another key; 6 two heads contradict each other; 7 words are not those of the record;
8 not sealed yet; 9 two heads could not be compared"""
DASH = "\u2014 "
PUBLISHED, CITED = "artifact.published", "quote.cited"
RECEIVED = {
    "response.received": "an answer was received",
    "response.revised": "an answer was changed",
    "follow_up.answered": "a person said more",
}
UNSEALED = """Not sealed, so not checked: titles and situations of values, numbers of voices, which of the cards a quote is of and whether \
its author confirmed it; nor that quotes counted as taken back were."""


class Wrong(Exception):
    """What does not hold, in plain words, and the exit code that says so."""

    def __init__(self, code, words):
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Head:
    """A signed statement: the first `size` entries of `origin`'s record have this root."""

    origin: str
    size: int
    root: bytes


def main(arguments=None):
    """Check what is named on the command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=ENDS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", help="a receipt.json, proof.json or bundle.json")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        help="the public key you trust: the line, or a file with it; may be repeated",
    )
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        help="a head you kept (checkpoint text); may be repeated",
    )
    parser.add_argument(
        "--consistency",
        action="append",
        default=[],
        help="what /record/consistency gave; may be repeated",
    )
    parser.add_argument(
        "--receipt",
        action="append",
        default=[],
        help="with a bundle.json: the receipt of your own answer, to see which quotes are from it; may be repeated",
    )
    given = parser.parse_args(arguments)
    if not (given.file or given.head):
        parser.error("name a file, or at least one --head")
    try:
        check(given)
    except Wrong as wrong:
        say(f"NOT VERIFIED. {wrong}")
        return wrong.code
    say("VERIFIED.")
    return GOOD


def check(given):
    """All that is named. Raises Wrong."""
    told = parsed(given.file) if given.file else {}
    keys = [key_of(k) for k in given.key]
    if not keys:
        keys = [key_of(told["head"]["key"])] if told.get("head") else []
        say(
            "No --key was given: the key is the one the file names. Compare it with a printed one:"
            if keys
            else "No --key was given."
        )
        for name, public in keys:
            say(f"  {key_line(name, public)}")
    heads = [opened(text_of(name), keys) for name in given.head]
    proofs = [consistency_of(text_of(name), keys) for name in given.consistency]
    heads += [head for head, _, _ in proofs]
    if told:
        heads.append(document_or_receipt(told, keys))
    for name in given.receipt:
        mine = parsed(name)
        heads.append(document_or_receipt(mine, keys))
        own_quotes(told, mine)
    for first in heads:
        for second in heads:
            if first.size <= second.size and first is not second:
                ensure_one_history(first, second, proofs)


def document_or_receipt(told, keys):
    """Check a receipt or a bundle against the head it carries; returns that head."""
    kind = told.get("format", "")
    if kind not in ("groundwork-receipt/1", "groundwork-bundle/1"):
        raise Wrong(UNREADABLE, f"This file is of a format this program does not know: {kind!r}.")
    if not told["entry"] or not told["head"] or told["entry"]["path"] is None:
        raise Wrong(WAITING, "It is not sealed yet. Wait a second or two, then download it again.")
    head = opened(told["head"]["note"], keys)
    say(f"Head {head.size} of {head.origin} is signed with the key.")
    entry(told["entry"], head, "The entry")
    if kind == "groundwork-bundle/1":
        document(told, head)
    else:
        receipt(told)
    return head


def receipt(told):
    """What the entry of a receipt says, and that the words are those it was made for. Its leaf was checked before."""
    said = said_by(told["entry"])
    kind, at, body = said["kind"], said["at"], said["body"]
    if kind == PUBLISHED:
        say(
            f"Version {body['version']} of document {body['artifact']} was published, {at} ({kind})."
        )
        say("The document is not in this file: check its bundle, which holds it.")
    else:
        say(f"The entry says: {RECEIVED.get(kind, 'something else')}, {at} ({kind}).")
    if "words" in told:
        if kind not in RECEIVED:
            raise Wrong(WORDS, f"The entry is no receipt of words: it says {kind!r}.")
        same(digest(told["words"]), body["words"], "The words are not those that were received.")
        say("The words are those that were received, letter for letter.")
    elif "words" in body:
        say("The words are not in this file, so they were not checked.")


def document(told, head):
    """Every clause as published, every quote as cited, none left out."""
    made, said = told["document"], body_of(told["entry"], PUBLISHED)
    grounds = [(c, g) for c in made["clauses"] for g in c["grounds"]]
    kept = [{name: c[name] for name in ("clause", "text", "values")} for c in made["clauses"]]
    same(
        seal({**made, "clauses": kept}),
        said["document"],
        "The clauses or the title are not those that were published.",
    )
    say(
        f"Document: {made['title']!r}, {made['kind']}, version {made['version']}, assembly {made['assembly']}, published {told['entry']['said']['at']}."
    )
    say(f"Clauses: {len(kept)}, each as published.")
    for clause in made["clauses"]:
        same(
            sorted(ground["value"] for ground in clause["grounds"]),
            clause["values"],
            f"Clause {clause['clause']} is not shown with the values it was published with.",
        )
    quotes = [(c, g, q) for c, g in grounds for card in g["cards"] for q in card["quotes"]]
    for clause, ground, one in quotes:
        quote(one, (clause["clause"], ground["value"]), head)
    gone = [back["cited"] for _, g in grounds for back in g["taken_back"]]
    for back in gone:
        entry(back, head, "A quote taken back")
    leaves = sorted([q["cited"]["leaf"] for _, _, q in quotes] + [back["leaf"] for back in gone])
    same(
        (seal(leaves), len(leaves)),
        (said["cited"], said["quotes"]),
        "Quotes are missing that were cited, or some were added.",
    )
    say(f"Quotes: {len(quotes)}, each as cited; taken back by their authors since: {len(gone)}.")
    say(UNSEALED)


def quote(one, place, head):
    """One quote: its own entry, its words and its span."""
    name = f"Quote {one['quote']}"
    entry(one["cited"], head, name)
    said = body_of(one["cited"], CITED)
    shown = [one["quote"], one["start"], one["end"], *place]
    same(
        shown,
        [said[n] for n in ("quote", "start", "end", "clause", "value")],
        f"{name} is not where it was cited.",
    )
    same(digest(one["text"]), said["words"], f"{name} does not have the words that were cited.")
    same(len(one["text"]), one["end"] - one["start"], f"{name} is not as long as its span.")


def own_quotes(told, mine):
    """Which quotes of a document are from the answer of a receipt: the secret on the receipt tells, and nothing else does."""
    if "document" not in told or "words" not in mine:
        raise Wrong(UNREADABLE, "--receipt takes the receipt of an answer, beside a bundle.json.")
    leaf, salt = mine["entry"]["leaf"], bytes.fromhex(mine["entry"]["said"]["salt"])
    grounds = [g for c in told["document"]["clauses"] for g in c["grounds"]]
    quotes = [q for g in grounds for card in g["cards"] for q in card["quotes"]]
    found = 0
    for one in quotes:
        tie = hmac.new(salt, canonical([leaf, one["quote"]]), hashlib.sha256).hexdigest()
        if tie == one["cited"]["said"]["body"]["answer"]:
            found += 1
            same(
                mine["words"][one["start"] : one["end"]],
                one["text"],
                f"Quote {one['quote']} does not stand in its answer.",
            )
    if not found:
        raise Wrong(WORDS, "No quote of the document is from the answer of the receipt.")
    say(f"Quotes from the answer of the receipt: {found}, each where it stands in it.")


def entry(shown, head, name):
    """An entry's leaf, where what it says is there, and its place in the tree."""
    leaf = bytes.fromhex(shown["leaf"])
    if said := shown.get("said"):
        content = bytes.fromhex(said["salt"]) + canonical([said["kind"], said["at"], said["body"]])
        if hashlib.sha256(b"\x00" + content).digest() != leaf:
            raise Wrong(LEAF, f"{name} does not say what was sealed.")
    if shown["path"] is None:
        raise Wrong(WAITING, f"{name} is not sealed yet.")
    if not includes(leaf, (shown["index"], head.size), hashes(shown["path"]), head.root):
        raise Wrong(
            PLACE,
            f"{name} is not number {shown['index']} of the {head.size} entries under the head.",
        )


def ensure_one_history(first, second, proofs):
    """Two heads are of one growing record. Raises Wrong."""
    same(first.origin, second.origin, "The heads are of different records.", HISTORY)
    if first.size == second.size:
        same(
            first.root,
            second.root,
            f"Two heads over {first.size} entries contradict each other: the record was rewritten.",
            HISTORY,
        )
        return
    for head, size, steps in proofs:
        if size == first.size and head == second:
            if not extends((first.size, second.size), (first.root, second.root), steps):
                raise Wrong(
                    HISTORY,
                    f"Head {second.size} does not continue head {first.size}: the record was rewritten.",
                )
            say(
                f"Head {second.size} continues head {first.size}: nothing was taken away or changed between them."
            )
            return
    ask = f"/record/consistency?from={first.size}&to={second.size}"
    raise Wrong(
        NOT_COMPARED,
        f"Heads {first.size} and {second.size} need a proof to be compared. Save {ask} of the site, and give it as --consistency.",
    )


def includes(leaf, place, steps, root):
    """RFC 9162, 2.1.3.2."""
    (index, size), made = place, leaf
    if not 0 <= index < size:
        return False
    last = size - 1
    for step in steps:
        if last == 0:
            return False
        if index & 1 or index == last:
            made = node(step, made)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            made = node(made, step)
        index, last = index >> 1, last >> 1
    return last == 0 and made == root


def extends(sizes, roots, steps):
    """RFC 9162, 2.1.4.2, for sizes[0] < sizes[1]."""
    path = [roots[0], *steps] if sizes[0] & (sizes[0] - 1) == 0 else list(steps)
    at, last = sizes[0] - 1, sizes[1] - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not path or sizes[0] < 1:
        return False
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node(step, old), node(step, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and (old, new) == roots


def opened(note, keys):
    """What a signed checkpoint says (C2SP signed-note, tlog-checkpoint). Raises Wrong."""
    text, _, signatures = note.rpartition("\n\n")
    for name, public in keys:
        for line in signatures.splitlines():
            if line.startswith(f"{DASH}{name} "):
                raw = unbased(line.rpartition(" ")[2])
                if raw[:4] == key_id(name, public) and signed(public, raw[4:], f"{text}\n"):
                    return head_of(text, name)
    raise Wrong(SIGNATURE, "A head is not signed with the key, or was changed after it was signed.")


def head_of(text, name):
    """The three lines of a checkpoint."""
    found = re.match(r"(.+)\n(0|[1-9][0-9]*)\n(.+)", text)
    if not found or found[1] != name or len(unbased(found[3])) != 32:
        raise Wrong(UNREADABLE, "A head is signed, but says nothing about a record.")
    return Head(found[1], int(found[2]), unbased(found[3]))


def signed(public, signature, text):
    """Whether an Ed25519 signature over `text` holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def consistency_of(text, keys):
    """The head, the older size and the steps of what /record/consistency gave."""
    proof, _, note = text.partition("\n\n")
    old, *steps = proof.splitlines()
    if not re.fullmatch(r"old [1-9][0-9]*", old):
        raise Wrong(
            UNREADABLE, "A --consistency file does not begin with the size of the older head."
        )
    return opened(note, keys), int(old.removeprefix("old ")), [unbased(step) for step in steps]


def key_of(given):
    """Name and public key of a line, or of a file with that line. Raises Wrong."""
    is_line = re.fullmatch(r"\S+\+[0-9a-f]{8}\+\S+", given.strip())
    line = given.strip() if is_line else text_of(given).strip()
    name, _, rest = line.partition("+")
    shown, _, coded = rest.partition("+")
    raw = unbased(coded)
    if len(raw) != 33 or raw[:1] != b"\x01" or key_id(name, raw[1:]).hex() != shown:
        raise Wrong(UNREADABLE, f"This is no public key: {line[:60]!r}.")
    return name, raw[1:]


def key_id(name, public):
    """The four bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def key_line(name, public):
    """A public key as one line."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(bytes([1]) + public).decode()}"


def node(left, right):
    """The hash over two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def body_of(shown, kind):
    """The body of an entry of this kind. Raises Wrong."""
    said = said_by(shown)
    same(said["kind"], kind, f"An entry that should say {kind!r} says something else.")
    return said["body"]


def said_by(shown):
    """What an entry says. Raises Wrong where it is a leaf alone, for any leaf of the tree could stand there."""
    if not shown.get("said"):
        raise Wrong(LEAF, "The entry says nothing, so it is no proof of anything.")
    return shown["said"]


def same(one, other, words, code=WORDS):
    """Raises Wrong with these words unless both are equal."""
    if one != other:
        raise Wrong(code, words)


def canonical(said):
    """JSON in UTF-8 with sorted keys and no spaces."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(said):
    """SHA-256 of JSON, in hexadecimal."""
    return hashlib.sha256(canonical(said)).hexdigest()


def digest(words):
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def hashes(steps):
    """Hexadecimal hashes as bytes."""
    return [bytes.fromhex(step) for step in steps]


def unbased(text):
    """Bytes of base64; none where it is not."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def text_of(name):
    """The text of a file. Raises Wrong."""
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as broken:
        raise Wrong(UNREADABLE, f"{name} cannot be read: {broken}.") from broken


def parsed(name):
    """The JSON of a file. Raises Wrong."""
    try:
        return dict(json.loads(text_of(name)))
    except ValueError as broken:
        raise Wrong(UNREADABLE, f"{name} is no JSON: {broken}.") from broken


def say(line):
    """A line to the person at the terminal, on whom no file can play tricks with what does not print."""
    sys.stdout.write("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except (KeyError, TypeError, AttributeError, ValueError) as broken:
        say(f"NOT VERIFIED. A part of the file is missing or of the wrong kind: {broken!r}.")
        sys.exit(UNREADABLE)
