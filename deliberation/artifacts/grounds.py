"""A version with all each clause rests on: values with how widely they hold, rules, words released, what its authors agree to, objections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from deliberation.artifacts import contests, converging
from deliberation.artifacts.contests import Judged
from deliberation.artifacts.converging import NOBODY, Profile, Profiled, Rule
from deliberation.artifacts.justification import Weakest, weakest
from deliberation.artifacts.leafing import leafing_through
from deliberation.artifacts.models import Clause, ClauseNorm, Objection, Version
from deliberation.artifacts.queries import ClauseView, Ground, decided_on, lost_norms, reading_of
from deliberation.artifacts.sections import Section, sections_of
from deliberation.moderation.meanings import Agreement, agreements
from deliberation.opinion.withholding import FEWEST
from elicitation.extraction.models import NormQuote
from elicitation.graph.norms import behind, quotes_of

UNDER_NONE = Section("", "", "")  # where clauses stand that belong to no section


@dataclass(frozen=True, slots=True)
class Held(Profiled):
    """A value under a clause, with how widely it holds; `profile` and `agreement` are None where nothing may be told."""

    ground: Ground
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Upheld(Rule):
    """A rule under a clause, with the words its authors released."""

    quotes: list[NormQuote]


@dataclass(frozen=True, slots=True)
class Justified:
    """A clause with its justification."""

    view: ClauseView
    held: list[Held]
    norms: list[Upheld]
    weakest: Weakest | None
    objections: list[Objection]
    judged: Judged

    @property
    def clause(self) -> Clause:
        return self.view.clause

    @property
    def number(self) -> int:
        return self.view.number

    @property
    def taken_back(self) -> int:
        """How many quotes it showed once and shows no more."""
        return sum(ground.taken_back for ground in self.view.grounds)


def justified(version: Version, whole: bool = False, leafing: bool = False) -> list[Justified]:
    """The clauses of a version in order. A published one has its profiles as they were then, and where `leafing` few of its quotes; a draft as they are, `whole` for who runs it."""
    views = leafing_through(version) if leafing else reading_of(version)
    grounds = [ground for view in views for ground in view.grounds]
    prefetch_related_objects([q for g in grounds for q in g.quotes], "policy__candidate")
    known = version.basis
    if version.published_at is None:
        known = converging.profiles(version.artifact.assembly, whole=whole)
    contested = decided_on(version)
    judged = contests.standing_of(contested)
    objections = list(contests.objections_to(contested))
    followed, rules = _followed(version, contested), _upheld(version, known)
    roots = {g.value.pk: g.value.root for g in grounds if g.support.voices >= FEWEST}
    agree = agreements(list({root.pk: root for root in roots.values()}.values()))
    told = {pk: agree[root.pk] for pk, root in roots.items()}
    return [
        _justified(
            view,
            [_held(ground, known, told) for ground in view.grounds],
            rules.get(view.clause.pk, []),
            (followed[view.clause.pk], objections, judged),
        )
        for view in views
    ]


def in_sections(version: Version, clauses: list[Justified]) -> Iterator[tuple[Section, list[Justified]]]:  # fmt: skip
    """The sections that have clauses, in order, with theirs."""
    known = sections_of(version.artifact.kind)
    codes = {section.code for section in known}
    for section in (UNDER_NONE, *known):
        here = [one for one in clauses if (one.clause.section if one.clause.section in codes else "") == section.code]  # fmt: skip
        if here:
            yield section, here


def _justified(
    view: ClauseView,
    held: list[Held],
    norms: list[Upheld],
    said: tuple[Any, list[Objection], Mapping[Any, Judged]],
) -> Justified:
    contested, objections, judged = said
    profiles = [(str(h.ground.value.pk), h.profile) for h in held if h.profile]
    return Justified(
        view=view,
        held=held,
        norms=norms,
        weakest=weakest(profiles),
        objections=[one for one in objections if one.clause_id == contested],
        judged=judged.get(contested, Judged()),
    )


def _held(ground: Ground, known: Mapping[str, Profile], agree: Mapping[Any, Agreement]) -> Held:
    told = agree.get(ground.value.pk)
    public = told if told and told.is_asked and told.authors >= FEWEST else None
    return Held(known.get(str(ground.value.pk)), ground, public)


def _upheld(version: Version, known: Mapping[str, Profile]) -> Mapping[Any, list[Upheld]]:
    """By clause: the rules it upholds that somebody stands behind, of a published version in the words it showed."""
    rows = ClauseNorm.objects.filter(clause__version=version, norm__retired_at=None)
    if version.published_at:
        rows = rows.exclude(pk__in=lost_norms(version).values("pk"))
    found = list(rows.select_related("norm").order_by("norm__admitted_at", "norm"))
    norms = [row.norm_id for row in found]
    people, quotes = behind(norms), quotes_of(norms)
    told: dict[Any, list[Upheld]] = {}
    for row in found:
        of = row.norm_id
        rule = Upheld(known.get(str(of)), row.norm, people.get(of, NOBODY), quotes.get(of, []))
        told.setdefault(row.clause_id, []).append(rule)
    return told


def _followed(version: Version, contested: Version) -> Mapping[Any, Any]:
    """By clause: the clause of the version people objected to and voted on that it corrects, itself where it is that version."""
    told = {}
    for clause in version.clauses.select_related("follows"):
        found: Any = clause
        while found.version_id != contested.pk and found.follows is not None:
            found = found.follows
        told[clause.pk] = found.pk
    return told
