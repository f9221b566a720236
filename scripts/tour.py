"""Make the tour of docs/users/tour.md from the pictures that the journeys leave under var/screenshots.

Run by `make tour` after `make test`. What is said beside each picture stands here; the pictures are copied as they are.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TAKEN = ROOT / "var" / "screenshots"
KEPT = ROOT / "docs" / "images" / "tour"
PAGE = ROOT / "docs" / "users" / "tour.md"


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture, by its name under var/screenshots, with what is to be seen."""

    picture: str
    title: str
    says: str


TOUR: dict[str, tuple[Stop, ...]] = {
    "A citizen, on a phone": (
        Stop("citizen-welcome", "What it is about", "The link of the invitation leads here. What one agrees to is said before anything is asked; looking takes no seat."),
        Stop("citizen-prompt", "One question a screen", "In one's own words, typed or spoken, with help and an example behind *What does this mean?*. What is typed is kept on the device and on the site."),
        Stop("citizen-no-connection", "Without a connection", "What was sent waits on the device and goes by itself, once."),
        Stop("citizen-received", "The receipt", "Its code is the way back on any device: no account, no e-mail."),
        Stop("citizen-card", "How it was understood", "Each card with the words it rests on, marked in the answer. Say yes, put it in other words, or say that is not it."),
        Stop("weigh-touch", "What others value", "One at a time: agree, disagree or pass, by button, key or swipe; what others say is shown only after."),
        Stop("charter-ballot", "The vote", "In secret, clause by clause, and changed as often as one likes until the close."),
        Stop("citizen-used", "What became of it", "Each answer with where it went, up to the clause that rests on it."),
    ),
    "A facilitator": (
        Stop("facilitator-overview", "The overview", "Who takes part, what waits, from received to used; what is missing before the assembly can open."),
        Stop("facilitator-queue", "The queue", "Everything that waits for a person, with what the machine suggests in a dashed frame; by keys, with reasons, and undone exactly."),
        Stop("facilitator-draft", "A document", "Clauses with the values, rules and quotes behind them."),
        Stop("room-view", "In a hall", "The room view for the projector, with words a moderator let on."),
    ),
    "Everybody": (
        Stop("public-charter", "The charter", "Every clause led back to the words people released."),
        Stop("public-became", "What became of answers", "From received to used, each loss with its reason."),
    ),
    "A researcher": (
        Stop("researcher-package-ready", "The data", "Every table described; a package that computes the results again."),
    ),
}  # fmt: skip


def page() -> str:
    """The tour as Markdown."""
    parts = [
        "# A tour in pictures",
        "Made by `make tour` from the pictures of the browser tests, which show the sample assembly.",
    ]
    for title, stops in TOUR.items():
        parts.append(f"## {title}")
        for stop in stops:
            parts.append(f"**{stop.title}.** {stop.says}")
            parts.append(f"![{stop.title}](../images/tour/{stop.picture}.png)")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Copy the pictures and write the page; change nothing where a picture is missing."""
    stops = [stop for some in TOUR.values() for stop in some]
    missing = [s.picture for s in stops if not (TAKEN / f"{s.picture}.png").exists()]
    if missing:
        sys.exit(f"No picture of {', '.join(missing)} in {TAKEN}. Run make test first.")
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    for stop in stops:
        shutil.copyfile(TAKEN / f"{stop.picture}.png", KEPT / f"{stop.picture}.png")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
