"""What a package says beside its tables, read from the database: what was asked and agreed to, with which prompts and rules it was computed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from deliberation.artifacts.statuses import funnel
from deliberation.assemblies.models import Agreement, Assembly, Consent, Undertaking
from deliberation.assemblies.queries import texts_agreed_to
from deliberation.exports.facts import Facts, Plain
from deliberation.exports.pseudonyms import stamp
from deliberation.opinion import rules
from deliberation.opinion.groups_result import namings, rounds_of
from deliberation.opinion.snapshots import wanted
from deliberation.opinion.weighed import RESAMPLES
from deliberation.opinion.withholding import is_few
from elicitation.extraction.instructions import PROMPTS
from elicitation.extraction.models import OwnPrompt
from elicitation.graph.ranked import VERSION, Rule
from elicitation.interview.models import Inquiry, Prompt, Respondent
from elicitation.record.queries import latest_head, said_of

STANDARD = ("read_answer", "check_cards", "tell_story", "word_clause")


def facts(
    assembly: Assembly,
    kept_back: Collection[str],
    rows: Mapping[str, int],
    under: Undertaking | None = None,
) -> Facts:
    """Everything but the tables. `kept_back`: the tables that are withheld; `rows`: how many the others have; `under`: what who asked accepted."""
    inquiries = list(assembly.inquiries.order_by("agenda_item__position", "id"))
    return Facts(
        about={
            "assembly": assembly.slug,
            "title": assembly.titled_in(assembly.languages[0]),
            "titles": assembly.title,
            "languages": assembly.languages,
            "is_sample": assembly.is_sample,
            "record_head": said_of(latest_head()),
            "agreement": under and _accepted(under),
            "not_in_research": left_out(assembly),
            "withheld": sorted(kept_back),
            "funnel": {s.key: s.count for s in funnel(assembly, respondent__in_research=True)},
        },
        settings={
            "strata": list(assembly.strata.order_by("position", "id").values_list("code", flat=True)),
            "inquiries": [_setting(one) for one in inquiries],
        },
        asked={"inquiries": [_asked(one) for one in inquiries]},
        agreed=_agreed(assembly),
        instructions=_instructions(inquiries),
        licence=settings.DATA_LICENCE,
        rows=rows,
    )  # fmt: skip


def left_out(assembly: Assembly) -> int | None:
    """How many who said something here did not agree to be studied; None where they are so few that one could be known."""
    people = Respondent.objects.filter(membership__assembly=assembly, in_research=False)
    return _told(people.filter(responses__isnull=False).distinct().count())


def _accepted(under: Undertaking) -> Plain:
    """The agreement a package was asked for under. Who accepted it, and for what, whoever runs the assembly knows by its id."""
    return {
        "undertaking": str(under.pk),
        "version": under.version,
        "accepted_at": stamp(under.at),
        "language": under.language,
        "text": under.text,
    }


def _told(number: int) -> int | None:
    return None if is_few(number) and number else number


def _setting(inquiry: Inquiry) -> Plain:
    """How the results of an inquiry are computed. What a rule draws, it draws from `seed`."""
    asked = wanted(inquiry)
    contexts = inquiry.contexts.order_by("position").values_list("pk", flat=True)
    return {
        "inquiry": str(inquiry.pk),
        "seed": rules.SEED,
        "groups": {"rule": asked.mode, "rule_version": rules.GROUPS[asked.mode], "number": asked.groups},
        "graph": {"rule": str(Rule.GROUNDWORK), "rule_version": VERSION[Rule.GROUNDWORK], "resamples": RESAMPLES},
        "rounds": [start.isoformat() for start in rounds_of(inquiry)],
        "contexts": [str(pk) for pk in contexts],
        "named_in": sorted([one.value, one.context, one.likeness] for one in namings(inquiry)),
    }  # fmt: skip


def _asked(inquiry: Inquiry) -> Plain:
    return {
        "inquiry": str(inquiry.pk),
        "question": inquiry.question,
        "languages": inquiry.languages,
        "contexts": [
            {"context": one.pk, "phrase": one.phrase} for one in inquiry.contexts.order_by("position")
        ],
        "prompts": [_prompt(one) for one in inquiry.prompts.order_by("position", "version")],
    }  # fmt: skip


def _prompt(prompt: Prompt) -> Plain:
    return {
        "prompt": str(prompt.pk),
        "position": prompt.position,
        "version": prompt.version,
        "replaced_by": str(prompt.replaced_by_id) if prompt.replaced_by_id else None,
        "kind": prompt.kind,
        "wording": prompt.wording,
        "help": prompt.help,
        "example": prompt.example,
    }


def _agreed(assembly: Assembly) -> Plain:
    """The text as it stands, every version somebody agreed to, and how many to which; fewer than five are not told."""
    consents = Consent.objects.filter(membership__assembly=assembly)
    said = Agreement.objects.filter(membership__assembly=assembly, given=True)
    return {
        "version": assembly.consent_version,
        "text": assembly.consent,
        "welcome": assembly.welcome,
        "texts_agreed_to": [
            {"version": one.version, "since": stamp(one.since), "text": one.text}
            for one in texts_agreed_to(assembly)
        ],
        "agreed_to_version": _counted(consents, "text_version"),
        "ever_agreed_beyond": _counted(said, "purpose"),
    }


def _counted(rows: QuerySet[Any], by: str) -> Mapping[str, int | None]:
    people = rows.order_by().values_list(by).annotate(n=Count("membership", distinct=True))
    return {str(name): _told(n) for name, n in sorted(people)}


def _instructions(inquiries: Collection[Inquiry]) -> Mapping[str, str]:
    """The standard prompts of this version of the software, and every prompt of the inquiries' own, by file name."""
    own = OwnPrompt.objects.filter(inquiry__in=inquiries).order_by("made_at", "id")
    return {
        **{f"{name}.md": (PROMPTS / f"{name}.md").read_text(encoding="utf-8") for name in STANDARD},
        **{f"own-{one.version}.md": one.text for one in own},
    }
