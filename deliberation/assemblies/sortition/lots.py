"""Drawing lots: quotas, tickets, which ticket is drawn, and each person's chance. Free of Django, and of what computes the lottery.

A lottery is a list of panels, each of which meets every quota, and of how many of a million tickets each has. One ticket is drawn; a person's chance is the sum
of the tickets of the panels they are on. What is drawn follows from two texts that nobody knew both: the site's number, drawn and sealed by its digest before, and
the words somebody gives after (commit and reveal, Blum 1981, doi:10.1145/1008908.1008911). Lotteries over panels: Flanigan, Gölz, Gupta, Hennig and Procaccia 2021,
doi:10.1038/s41586-021-03788-6. Stands alone, and checks a draw where it is run as a program (see `main`).
"""

import json
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

TICKETS = 1_000_000
FEWEST_TOLD = 10  # people of one chance, or more, before it is told in public
MOST_GROUPS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What people of one kind say, how many of the pool do, and how many of them are to be drawn at least and at most."""

    said: str
    in_pool: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Quota:
    """One column of the pool, and what is asked of each answer in it."""

    column: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A quota nobody can meet. `code`: least_above_most, too_few_in_pool, least_above_seats or most_below_seats."""

    code: str
    column: str
    said: str = ""
    wanted: int = 0
    there: int = 0


def counted(cells: Sequence[str]) -> dict[str, int]:
    """How many say what, the most frequent first, then by name."""
    return dict(sorted(Counter(cells).items(), key=lambda one: (-one[1], one[0])))


def by_share(shares: Mapping[str, float], seats: int) -> dict[str, tuple[int, int]]:
    """Least and most of each answer: the whole numbers around its share (0 to 1) of the seats."""
    bounds = {}
    for said, share in shares.items():
        exact = seats * share
        low = int(exact + 1e-9)
        bounds[said] = (low, low if abs(exact - low) < 1e-9 else low + 1)
    return bounds


def faults(quotas: Sequence[Quota], seats: int) -> list[Fault]:
    """Quotas that cannot be met whoever is drawn, told apart before any solver is asked."""
    found = []
    for quota in quotas:
        for one in quota.answers:
            if one.least > one.most:
                found.append(Fault("least_above_most", quota.column, one.said, one.least, one.most))
            elif one.least > one.in_pool:
                found.append(
                    Fault("too_few_in_pool", quota.column, one.said, one.least, one.in_pool)
                )
        least = sum(one.least for one in quota.answers)
        most = sum(min(one.most, one.in_pool) for one in quota.answers)
        if least > seats:
            found.append(Fault("least_above_seats", quota.column, wanted=least, there=seats))
        elif most < seats:
            found.append(Fault("most_below_seats", quota.column, wanted=seats, there=most))
    return found


def withheld(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers as kept, without `in_pool` where fewer than ten say so; where what is withheld would be few still, the next smallest goes too."""
    order = sorted(range(len(answers)), key=lambda n: answers[n]["in_pool"])
    hidden = [n for n in order if 0 < answers[n]["in_pool"] < FEWEST_TOLD]
    rest = [n for n in order if answers[n]["in_pool"] >= FEWEST_TOLD]
    while rest and 0 < sum(answers[n]["in_pool"] for n in hidden) < FEWEST_TOLD:
        hidden.append(rest.pop(0))
    return [
        {**one, "in_pool": None if n in hidden else one["in_pool"]} for n, one in enumerate(answers)
    ]


def left_for(quota: Quota, seated: Mapping[str, int], in_pool: Mapping[str, int]) -> Quota:
    """What is still asked of an answer where so many who said it keep their seat, and so many are left in the pool."""
    return Quota(
        quota.column,
        tuple(
            Answer(
                one.said,
                in_pool.get(one.said, 0),
                max(0, one.least - seated.get(one.said, 0)),
                max(0, one.most - seated.get(one.said, 0)),
            )
            for one in quota.answers
        ),
    )


def tickets(chances: Sequence[float]) -> list[int]:
    """A million tickets shared out by chances that add up to 1: rounded down, what is left over one each to the largest remainders."""
    exact = [TICKETS * chance / sum(chances) for chance in chances]
    given = [int(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda n: (given[n] - exact[n], n))
    for n in order[: TICKETS - sum(given)]:
        given[n] += 1
    return given


def chances(people: int, panels: Sequence[Collection[int]], shares: Sequence[int]) -> list[int]:
    """Of each person, how many of the million tickets would draw them."""
    held = [0] * people
    for panel, share in zip(panels, shares, strict=True):
        for person in panel:
            held[person] += share
    return held


def groups(held: Sequence[int]) -> list[tuple[int, int, int]]:
    """People in order of their chance, in at most ten groups of one size, each of ten people or more: (how many, lowest, highest) in tickets. Empty for fewer than ten."""
    number = min(MOST_GROUPS, len(held) // FEWEST_TOLD)
    ordered, told = sorted(held), []
    for n in range(number):
        group = ordered[n * len(held) // number : (n + 1) * len(held) // number]
        told.append((len(group), group[0], group[-1]))
    return told


def ticket_of(number: str, words: str) -> int:
    """Which ticket is drawn, 0 to 999,999: SHA-256 of the site's number, a line break and the words, as one number, modulo a million."""
    drawn = sha256(f"{number}\n{words}".encode()).digest()
    return int.from_bytes(drawn, "big") % TICKETS


def drawn(panels: Sequence[list[int]], shares: Sequence[int], ticket: int) -> list[int]:
    """The panel a ticket belongs to: tickets are numbered through the panels in their order."""
    for panel, share in zip(panels, shares, strict=True):
        if ticket < share:
            return panel
        ticket -= share
    raise ValueError(f"There is no ticket {ticket}.")


def digest(told: Any) -> str:
    """SHA-256 of JSON with sorted keys, no spaces, and every letter as it is."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def commitment(draw: Mapping[str, Any], pool: bytes) -> str:
    """What the record holds of a draw before it is made: the pool, the quotas, the seats and who is left out, under a salt without which it tells nothing."""
    held = {name: draw[name] for name in ("salt", "seats", "id", "homes", "quotas", "left_out", "method")}  # fmt: skip
    return digest({**held, "pool": sha256(pool).hexdigest()})


def lottery_digest(draw: Mapping[str, Any]) -> str:
    """What the record holds of the lottery before a ticket is drawn, under the same salt."""
    return digest({name: draw[name] for name in ("salt", "panels", "tickets")})


def wrong(draw: Mapping[str, Any], pool: bytes) -> list[str]:
    """What does not hold of a draw that was made; nothing where all does. The quotas of the panels are left to `main`, which reads the pool."""
    ticket = ticket_of(draw["number"], draw["words"])
    held = {
        "The pool or the quotas are not those committed to.": commitment(draw, pool) == draw["commitment"],
        "The lottery is not the one committed to.": lottery_digest(draw) == draw["lottery"],
        "The site's number is not the one committed to.": sha256(draw["number"].encode()).hexdigest() == draw["number_digest"],
        "The tickets are not a million.": sum(draw["tickets"]) == TICKETS,
        "The ticket does not follow from the number and the words.": ticket == draw["ticket"],
        "Those drawn are not the panel of the ticket.": sum(draw["tickets"]) != TICKETS or drawn(draw["panels"], draw["tickets"], ticket) == draw["drawn"],
    }  # fmt: skip
    return [said for said, holds in held.items() if not holds]


def main(folder: Path) -> int:
    """Check the files of a draw (`draw.json`, `pool.csv`), with pools.py beside this file. Compare what it prints with the public page and the record."""
    sys.path.insert(0, str(Path(__file__).parent))
    import pools  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415  beside this file

    draw = json.loads((folder / "draw.json").read_text(encoding="utf-8"))
    content = (folder / "pool.csv").read_bytes()
    people = pools.read(content)
    said = wrong(draw, content)
    for panel in draw["panels"]:
        for quota in draw["quotas"]:
            cells = people.column(quota["column"])
            there = Counter(cells[person] for person in panel)
            for one in quota["answers"]:
                if not one["least"] <= there[one["said"]] <= one["most"]:
                    said = [*said, f"A panel does not meet {quota['column']}: {one['said']}."]
    ids = people.column(draw["id"])
    for name in ("commitment", "lottery", "number_digest", "ticket"):
        sys.stdout.write(f"{name}: {draw[name]}\n")
    sys.stdout.write("drawn: " + ", ".join(ids[person] for person in draw["drawn"]) + "\n")
    sys.stdout.write("\n".join(dict.fromkeys(said)) + "\n" if said else "All of it holds.\n")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
