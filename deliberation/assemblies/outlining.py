"""Ask a model how an assembly may begin: claim, ask with nothing held open, keep what holds. A person reads it before anything is founded."""

import logging
from uuid import UUID

from deliberation.assemblies.actions import outlining
from deliberation.assemblies.errors import OutlineClaimed
from deliberation.assemblies.models import Outline
from deliberation.assemblies.ready import ready, said
from elicitation.extraction.actions import readings
from elicitation.extraction.actions.asking_keeping import Who
from elicitation.extraction.engines.base import EngineFailure, Usage
from elicitation.extraction.engines.outlines import OutlineAsk, OutlineProposal, Outliner
from elicitation.interview.texts import fault

log = logging.getLogger(__name__)
LONGEST_TITLE, LONGEST_LINE, MOST_LINES = 200, 400, 5


def outline(outline_id: UUID, outliner: Outliner) -> None:
    """Ask for one draft. A failure of the model is written down, never raised. Raises OutlineClaimed."""
    asked = Outline.objects.filter(pk=outline_id).first()
    if asked is None:
        raise OutlineClaimed
    ask = ask_about(asked)
    who = Who(outliner.name, outliner.model, outliner.prompt_version, outliner.at_most(ask))
    opened = outlining.open_outline(outline_id, who)
    if opened:
        _drafted(opened, ask, outliner)


def outline_if_free(outline_id: UUID, outliner: Outliner) -> None:
    """Ask for one draft unless somebody is at it already; ringing twice is harmless."""
    try:
        outline(outline_id, outliner)
    except OutlineClaimed as stopped:
        log.info("%s: %s", stopped.code, outline_id)


def ask_about(asked: Outline) -> OutlineAsk:
    """What the model is told: the sentence, and what each template is for."""
    templates = tuple((key, said(one.about, "en")) for key, one in ready().items())
    return OutlineAsk(asked.sentence, asked.language, templates)


def unfit(told: OutlineProposal) -> str:
    """Why a draft is not kept: unstorable, too_long, unknown_template, too_few; "" where nothing stands against it."""
    if any(fault(text) for text in told.texts):
        return "unstorable"
    if len(told.title) > LONGEST_TITLE or any(len(t) > LONGEST_LINE for t in told.texts):
        return "too_long"
    if told.template not in ready():
        return "unknown_template"
    enough = told.prompts and len(told.prompts) <= MOST_LINES and len(told.contexts) <= MOST_LINES
    return "" if enough else "too_few"


def _drafted(opened: Outline, ask: OutlineAsk, outliner: Outliner) -> None:
    priced = bool(outliner.at_most(ask))

    def cost(usage: Usage) -> int | None:
        return outliner.cost(ask, usage) if priced else None

    try:
        told = outliner.outline(ask)
    except EngineFailure as failure:
        if failure.code == "rate_limited":
            readings.rest(outliner.lane, failure.retry_after)
        outlining.fail_outline(opened, failure.code, failure.usage, cost(failure.usage))
        return
    if why := unfit(told):
        outlining.fail_outline(opened, why, told.usage, cost(told.usage))
    else:
        outlining.close_outline(opened, told, cost(told.usage))
