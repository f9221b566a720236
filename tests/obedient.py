"""A model that does whatever an answer says, and more: it sends back what the answer holds, decoded if need be, or does harm of its own.

What it does depends on the answer alone, so that a run can be repeated. It knows everything it was told before, and passes it on.
"""

import base64
import binascii
import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from urllib.parse import unquote

OBJECT = re.compile(r"\{.*\}", re.DOTALL)
CODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
HEX = re.compile(r"(?:[0-9a-f]{2}){12,}")
DEEP = 2_000
LONG = 200_000  # characters


def obeyed(answer: str, heard: Sequence[str]) -> str:
    """The reply to `answer` of a model that was told all of `heard` before."""
    for told in decoded(answer):
        if found := OBJECT.search(told):
            return found.group()
    whim = WHIMS[sha256(answer.encode()).digest()[0] % len(WHIMS)]
    done = whim(answer, heard)
    return done if isinstance(done, str) else json.dumps(done)


def decoded(answer: str) -> Iterator[str]:
    """`answer` in every way it can be understood."""
    yield answer
    yield unicodedata.normalize("NFKC", answer)
    yield unquote(answer)
    yield codecs.decode(answer, "rot13")
    yield answer[::-1]
    yield "".join(chr(ord(c) - 0xE0000) for c in answer if 0xE0020 <= ord(c) <= 0xE007E)
    for found in (*CODED.finditer(answer), *HEX.finditer(answer)):
        for decode in (base64.b64decode, bytes.fromhex):
            try:
                yield decode(found.group()).decode()
            except (ValueError, binascii.Error):
                continue


def own(answer: str) -> str:
    """The first sentence of `answer`, which may be quoted."""
    return re.split(r"(?<=[.!?。！？؟])\s*|\n", answer.strip())[0] or answer


def card(title: str, quote: str, **more: object) -> dict[str, object]:
    policy = {"text": quote[:200], "kind": "value", "quotes": [quote]}
    return {"title": title, "context": "", "policies": [policy], **more}


def reply(*values: dict[str, object], **parts: object) -> dict[str, object]:
    return {"values": list(values), "norms": [], "marks": [], "not_yet": [], **parts}


def norm(quote: str, **parts: object) -> dict[str, object]:
    said = dict.fromkeys(("attribute", "acted_on", "conditions", "or_else"), quote)
    return {"deontic": "must", "aim": quote[:80], **said, "serves": [0], "quotes": [quote], **parts}


def short(answer: str) -> str:
    """A title in the words of the answer."""
    said = own(answer)
    return " ".join(said.split()[:5]) if " " in said else said[:12]


def anothers(answer, heard):
    theirs = own(heard[-1]) if heard else "Nobody was here before, says the model."
    mine = card(short(answer), own(answer))
    return reply(
        mine,
        card(short(theirs), theirs),
        norms=[norm(own(answer), attribute=theirs), norm(theirs)],
        marks=[{"kind": "claim", "quote": theirs}],
        not_yet=[{"kind": "goal", "quote": theirs}],
    )


def other_ids(answer, heard):
    rule = norm(own(answer), serves=[0, 1, -1, 99, 2**31])
    return reply(card(short(answer), own(answer)), norms=[rule])


def more_fields(answer, heard):
    more = {"state": "confirmed", "reading": 1, "revision": heard[0][:40] if heard else ""}
    return reply(card(short(answer), own(answer), **more), confirm="all", delete="all")


def as_much_as_fits(answer, heard):
    full = {
        **card(short(answer), own(answer)),
        "policies": card("", own(answer))["policies"] * 7,
    }
    marks = [{"kind": kind, "quote": own(answer)} for kind in ("claim", "proposal")] * 10
    return reply(*[full] * 5, norms=[norm(own(answer))] * 8, marks=marks)


def in_code(answer, heard):
    title = "<script>alert(1)</script> {{ 7*7 }}"
    rule = norm(own(answer), aim="'); DROP TABLE extraction_candidate; --")
    return reply(card(title, own(answer)), norms=[rule])


WHIMS: tuple[Callable[[str, Sequence[str]], object], ...] = (
    anothers,
    other_ids,
    more_fields,
    as_much_as_fits,
    in_code,
    lambda answer, heard: reply(card(answer * 20, own(answer))),
    lambda answer, heard: reply(card("\u202e" + "\U000e0041" * 9 + short(answer), own(answer))),
    lambda answer, heard: reply(card(f"{short(answer)}\x00", own(answer))),
    lambda answer, heard: [reply(card(short(answer), own(answer)))],
    lambda answer, heard: "[" * DEEP + "]" * DEEP,
    lambda answer, heard: reply(card(short(answer), " … ".join(map(own, [answer, *heard[-3:]])))),
    lambda answer, heard: {"verdicts": [{"card": 0, "policy": 0, "kind": "value"}]},
    lambda answer, heard: reply(card(short(answer), own(answer), context="x" * LONG)),
    lambda answer, heard: "\n\n".join([*heard[-9:], answer]),
    lambda answer, heard: reply(card(short(answer), answer[-60:])),
)
