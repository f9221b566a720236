"""The list of what an assembly still needs, in words, each with the way to mend it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.assemblies.checklist import Item, Point, look_over
from deliberation.assemblies.models import Assembly, Phase
from deliberation.web.forms import language_name

# What each point is called, why it matters, and where it is mended.
SAID: dict[Point, tuple[Any, Any, str]] = {
    Point.TITLE: (_("A title"), _("What people see first."), "asking"),
    Point.QUESTION: (_("The question"), _("Without it nobody knows what this is about."), "asking"),
    Point.PROMPTS: (
        _("What people are asked"),
        _("In every language people can choose."),
        "asking",
    ),
    Point.CONSENT: (
        _("What people agree to"),
        _("People have to know before they write."),
        "asking",
    ),
    Point.DATES: (
        _("When answers are taken"),
        _("From when until when, and not over already."),
        "phases",
    ),
    Point.INVITATION: (_("A way in"), _("A link, a code, or a sheet for the wall."), "inviting"),
    Point.WELCOME: (_("A word of welcome"), _("What it is for, and how long it takes."), "asking"),
    Point.SITUATIONS: (
        _("Situations"),
        _(
            "What people value differs from one to another. They are named when you found an assembly; from answers more are read."
        ),
        "",
    ),
    Point.STRATA: (
        _("What people may say of themselves"),
        _("Then results tell how widely a value holds."),
        "strata",
    ),
    Point.WEIGHING: (
        _("When people weigh what others value"),
        _("A date now saves a second call later."),
        "phases",
    ),
    Point.COLLEAGUE: (
        _("A second person who runs it"),
        _("Documents are signed by two, and somebody falls ill."),
        "colleagues",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A point as the page shows it. `link` is "" where nothing can be mended."""

    name: Any
    why: Any
    done: bool
    needed: bool
    lacking: tuple[str, ...]
    link: str


def around(assembly: Assembly) -> dict[str, Any]:
    """The list and how far it is done; how many needed things are missing. No list once people were here and answering is over."""
    phase = assembly.phase(Phase.Kind.ANSWERING)
    if phase and phase.ends_at <= timezone.now() and assembly.memberships.exists():
        return {}
    lines = [_line(assembly, item) for item in look_over(assembly)]
    return {
        "checklist": lines,
        "checked": sum(line.done for line in lines),
        "missing": sum(line.needed and not line.done for line in lines),
    }


def _line(assembly: Assembly, item: Item) -> Line:
    name, why, where = SAID[item.point]
    link = reverse(f"facilitator:{where}", args=[assembly.slug]) if where else ""
    if link and item.lacking and where == "asking":
        link = f"{link}?language={item.lacking[0]}"
    lacking = tuple(language_name(tag) for tag in item.lacking)
    return Line(name, why, item.done, item.needed, lacking, link)
