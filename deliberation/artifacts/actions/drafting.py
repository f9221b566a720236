"""Draft a document, write its clauses or have them proposed, and put the draft before the assembly."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from deliberation.artifacts import plain, queries
from deliberation.artifacts.actions import phrasings
from deliberation.artifacts.actions.keeping import (
    LAST,
    About,
    ground,
    hold_draft,
    keep_wording,
    touch,
)
from deliberation.artifacts.errors import (
    ClauseChanged,
    ClauseEmpty,
    NothingChosen,
    NothingToPublish,
    TitleMissing,
)
from deliberation.artifacts.models import Artifact, Clause, Version
from deliberation.artifacts.sections import place_of
from deliberation.assemblies.models import Assembly
from elicitation.graph.models import Norm, Value
from elicitation.graph.norms import served_by
from elicitation.interview.texts import fault
from elicitation.record.actions import append, recorded

NOBODY = About()


@recorded
def draft(assembly: Assembly, kind: str, title: str, language: str) -> Version:
    """Start a document with an empty first version. Raises TitleMissing."""
    if fault(title):
        raise TitleMissing
    artifact = Artifact.objects.create(
        assembly=assembly, kind=kind, title=title.strip(), language=language
    )
    version = Version.objects.create(artifact=artifact, number=1)
    append("artifact.drafted", assembly=assembly.slug, artifact=str(artifact.id))
    return version


@recorded
def write_clause(
    version: Version, text: str, values: Iterable[Value], about: About = NOBODY
) -> Clause:
    """Add a clause at the end of its section. Raises Fixed, BallotOpened, ClauseEmpty."""
    held = hold_draft(version)
    clause = Clause(version=held, position=LAST, edits=0)
    return _write(clause, text, values, about)


@recorded
def rewrite_clause(
    clause: Clause, seen: int, text: str, values: Iterable[Value], about: About = NOBODY
) -> Clause:
    """Put other words, values or rules in a clause as it stood after `seen` edits. It is a person's from then on.

    Raises Fixed, BallotOpened, ClauseEmpty, and ClauseChanged where somebody saved another wording since.
    """
    mine = _hold_as_seen(hold_draft(clause.version), clause, seen)
    mine.origin, mine.accepted_at = Clause.Origin.PERSON, None
    return _write(mine, text, values, about)


@recorded
def strike_clause(clause: Clause) -> None:
    """Take a clause out of a draft. Raises Fixed, BallotOpened."""
    held = hold_draft(clause.version)
    append("clause.struck", clause=str(clause.id), version=str(clause.version_id))
    clause.delete()
    touch(held)


@recorded
def move_clause(clause: Clause, down: bool) -> None:
    """Let a clause change places with its neighbour in its section; at the end of it nothing moves. Raises Fixed, BallotOpened."""
    held = hold_draft(clause.version)
    beside = list(held.clauses.filter(section=clause.section).order_by("position"))
    at = next((n for n, one in enumerate(beside) if one.pk == clause.pk), len(beside))
    to = at + (1 if down else -1)
    if at < len(beside) and 0 <= to < len(beside):
        one, other = beside[at], beside[to]
        one.position, other.position = other.position, one.position
        Clause.objects.bulk_update([one, other], ["position"])
        touch(held)
    append("clause.moved", clause=str(clause.pk), version=str(held.pk))


@recorded
def propose(version: Version, values: Sequence[Value], norms: Sequence[Norm] = ()) -> list[Clause]:
    """Add a clause for each value, and one for each rule with the values of these it serves, from the plain template.

    They stay labelled as that until a person has edited or accepted them. Where there is a model it is asked for words of each, which are labelled
    as its own; nobody has to wait for it. Raises Fixed, BallotOpened, NothingChosen, ClauseEmpty.
    """
    held = hold_draft(version)
    if not values or not queries.belong(held.artifact, values):
        raise NothingChosen
    kind, language = held.artifact.kind, held.artifact.language
    conduct = "conduct" if place_of(kind, "conduct") >= 0 else "recommendations"
    made = [
        _proposed(held, plain.of_value(value, kind, language), [value], About("values"))
        for value in values
    ]
    serves = served_by(norms)
    for norm in norms:
        roots = {value.pk for value in serves.get(norm.pk, [])}
        served = [value for value in values if value.root_id in roots]
        if served:
            text = plain.of_norm(norm, language)
            made.append(_proposed(held, text, served, About(conduct, [norm])))
    if settings.GROUNDWORK_ENGINE == "openai":
        phrasings.request(made)
    append("clauses.proposed", version=str(held.pk), clauses=[str(clause.pk) for clause in made])
    return made


@recorded
def accept_clause(clause: Clause, seen: int) -> Clause:
    """Say of a proposed clause that a person stands by its words as they are. Raises Fixed, BallotOpened, ClauseChanged."""
    held = hold_draft(clause.version)
    mine = _hold_as_seen(held, clause, seen)
    mine.accepted_at = timezone.now()
    mine.save(update_fields=["accepted_at"])
    append("clause.accepted", clause=str(mine.pk), version=str(held.pk))
    return mine


@recorded
def put_before(version: Version) -> Version:
    """Show a draft to the assembly, so that people can object while it is reviewed. Raises Fixed, BallotOpened, NothingToPublish."""
    held = hold_draft(version)
    if not held.clauses.exists():
        raise NothingToPublish
    held.put_at = held.put_at or timezone.now()
    held.save(update_fields=["put_at"])
    append("artifact.put_before", artifact=str(held.artifact_id), version=held.number)
    return held


def _hold_as_seen(version: Version, clause: Clause, seen: int) -> Clause:
    """Lock a clause as it stood after `seen` edits. Raises ClauseChanged, also where it was struck."""
    held = version.clauses.select_for_update(of=("self",)).select_related("version__artifact")
    found = held.filter(pk=clause.pk).first()
    if found is None or found.edits != seen:
        raise ClauseChanged
    return found


def _proposed(version: Version, text: str, values: Sequence[Value], about: About) -> Clause:
    clause = Clause(version=version, position=LAST, edits=0, origin=Clause.Origin.TEMPLATE)
    return _write(clause, text, values, about)


def _write(clause: Clause, text: str, values: Iterable[Value], about: About) -> Clause:
    artifact, grounds = clause.version.artifact, list(values)
    if fault(text) or not grounds or not queries.belong(artifact, grounds):
        raise ClauseEmpty
    clause.text, clause.edits = text.strip().replace("\r\n", "\n"), clause.edits + 1
    if clause.section != about.section:
        last = clause.version.clauses.aggregate(last=Max("position"))["last"]
        clause.position = LAST if last is None or last < LAST else last + 1
    clause.section = about.section if place_of(artifact.kind, about.section) >= 0 else ""
    clause.save()
    clause.grounds.all().delete()
    ground(clause, grounds)
    clause.norms.set(about.norms)
    keep_wording(clause, about.by)
    touch(clause.version)
    append("clause.written", clause=str(clause.id), values=[str(v.id) for v in grounds])
    clause.refresh_from_db(fields=["position"])
    return clause
