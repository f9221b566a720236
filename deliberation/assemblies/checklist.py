"""What an assembly still needs before it can open, and what it would do well to have: one list, in one order, looked at anew each time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from deliberation.assemblies.models import Assembly, Phase, Role
from deliberation.assemblies.queries import prompts_of


class Point(StrEnum):
    """One thing to look at."""

    TITLE = "title"
    QUESTION = "question"
    PROMPTS = "prompts"
    CONSENT = "consent"
    DATES = "dates"
    INVITATION = "invitation"
    WELCOME = "welcome"
    SITUATIONS = "situations"
    STRATA = "strata"
    WEIGHING = "weighing"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Item:
    """How one point stands. `needed`: without it the assembly cannot open well. `lacking`: the languages it is not worded in."""

    point: Point
    done: bool
    needed: bool
    lacking: tuple[str, ...] = ()


NEEDED = frozenset(
    {Point.QUESTION, Point.PROMPTS, Point.CONSENT, Point.DATES, Point.INVITATION}
)  # fmt: skip


def look_over(assembly: Assembly) -> list[Item]:
    """Every point of the list, as it stands now."""
    worded = [_worded(assembly, point, said) for point, said in _texts(assembly).items()]
    there = [Item(point, has(assembly), point in NEEDED) for point, has in THERE.items()]
    order = list(Point)
    return sorted([*worded, *there], key=lambda item: order.index(item.point))


def _worded(assembly: Assembly, point: Point, said: Iterable[Mapping[str, str]]) -> Item:
    texts = list(said)
    lacking = tuple(
        t for t in assembly.languages if not all(one.get(t, "").strip() for one in texts)
    )
    return Item(point, bool(texts) and not lacking, point in NEEDED, lacking)


def _texts(assembly: Assembly) -> dict[Point, Iterable[Mapping[str, str]]]:
    return {
        Point.TITLE: [assembly.title],
        Point.QUESTION: [inquiry.question for inquiry in assembly.inquiries.all()],
        Point.PROMPTS: [prompt.wording for prompt in prompts_of(assembly)],
        Point.CONSENT: [assembly.consent],
        Point.WELCOME: [assembly.welcome],
    }


def _has_dates(assembly: Assembly) -> bool:
    phase = assembly.phase(Phase.Kind.ANSWERING)
    return bool(phase and phase.ends_at > timezone.now())


def _has_invitation(assembly: Assembly) -> bool:
    return assembly.invitations.filter(closed_at=None).exists()


def _has_situations(assembly: Assembly) -> bool:
    return assembly.inquiries.filter(contexts__isnull=False).exists()


def _has_strata(assembly: Assembly) -> bool:
    return assembly.strata.exists()


def _has_weighing(assembly: Assembly) -> bool:
    return assembly.phase(Phase.Kind.WEIGHING) is not None


def _has_colleague(assembly: Assembly) -> bool:
    return assembly.roles.filter(kind=Role.Kind.FACILITATOR).count() > 1


THERE: Mapping[Point, Callable[[Assembly], bool]] = {
    Point.DATES: _has_dates,
    Point.INVITATION: _has_invitation,
    Point.SITUATIONS: _has_situations,
    Point.STRATA: _has_strata,
    Point.WEIGHING: _has_weighing,
    Point.COLLEAGUE: _has_colleague,
}
