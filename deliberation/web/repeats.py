"""What becomes of what is sent twice: one table over every address that takes something, and a test that holds every one of them to it."""

from collections.abc import Mapping
from enum import StrEnum


class Repeat(StrEnum):
    """Why sending twice is sending once."""

    KEYED = "a key of the form: the second is told the answer of the first"
    NAMELESS = "the same, and the key's row does not tell whose it is"
    ANSWER = "a key of the answer itself, kept with it"
    SEAT = "a key of the form and a secret of the browser give the same seat back"
    ONCE = "it works once by nature: a link, a code, a challenge that is used up"
    SESSION = "it changes this browser's own session alone"
    LAST = "the last that was sent stands, and the same again changes nothing"
    LOOKS = "it writes nothing"


REPEATS: Mapping[str, Repeat] = {
    "citizen": Repeat.KEYED,
    "facilitator": Repeat.KEYED,
    "researcher": Repeat.KEYED,
    "steward": Repeat.KEYED,
    "staff": Repeat.ONCE,
    "api": Repeat.KEYED,
    "api:packages": Repeat.ONCE,
    "citizen:answering": Repeat.ANSWER,
    "citizen:saying_more": Repeat.ANSWER,
    "citizen:unsent": Repeat.LAST,
    "citizen:welcome": Repeat.SEAT,
    "citizen:join": Repeat.LOOKS,
    "citizen:back_typed": Repeat.SESSION,
    "citizen:leaving": Repeat.SESSION,
    "citizen:voting": Repeat.NAMELESS,
    "citizen:taking_back": Repeat.NAMELESS,
    "citizen:erasing_votes": Repeat.NAMELESS,
    "citizen:everything": Repeat.NAMELESS,
    "staff:codes_kept": Repeat.SESSION,
    "staff:again": Repeat.SESSION,
    "staff:again_asked": Repeat.SESSION,
    "staff:second_asked": Repeat.SESSION,
    "staff:passkey_asked": Repeat.SESSION,
    "staff:adding_asked": Repeat.SESSION,
    "public:vote": Repeat.LOOKS,
    "public:colleague": Repeat.ONCE,
    "public:letters_yes": Repeat.LAST,
    "public:letters_end": Repeat.LAST,
    "public:sign_in": Repeat.SESSION,
    "public:sign_out": Repeat.SESSION,
    "set_language": Repeat.SESSION,
}
# An act whose answer is the page itself: the second is sent to look at that page.
ANSWERED_BY_A_PAGE = {"facilitator:queue", "citizen:weighing", "citizen:upholding", "facilitator:programs", "facilitator:hooks", "researcher:programs"}  # fmt: skip


def repeat_of(address: str) -> Repeat | None:
    """What becomes of a repeat at an address, by its full name; None where nothing can be sent."""
    return REPEATS.get(address) or REPEATS.get(address.rpartition(":")[0])
