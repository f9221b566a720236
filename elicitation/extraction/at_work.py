"""Which engine is at work in this process, by the settings."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

from elicitation.extraction.engines import build
from elicitation.extraction.engines import clause_writer as build_clause_writer
from elicitation.extraction.engines import outliner as build_outliner
from elicitation.extraction.engines import storyteller as build_storyteller
from elicitation.extraction.engines.base import ClauseWriter, Engine, Options, Storyteller
from elicitation.extraction.engines.outlines import Outliner

LIBRARYS_OWN = "api.openai.com"  # where the client goes that is told no address


@cache
def engine() -> Engine:
    """The engine the settings name, made once a process."""
    return another_engine()


def another_engine() -> Engine:
    """One more of them, for a trial: what a long prompt teaches it of the model's limits is not for people's answers."""
    return build(settings.GROUNDWORK_ENGINE, options())


@cache
def storyteller() -> Storyteller | None:
    """Who tells stories of transitions, by the settings; None with the offline engine."""
    return build_storyteller(settings.GROUNDWORK_ENGINE, options())


@cache
def clause_writer() -> ClauseWriter | None:
    """Who words clauses of documents, by the settings; None with the offline engine."""
    return build_clause_writer(settings.GROUNDWORK_ENGINE, options())


@cache
def outliner() -> Outliner | None:
    """Who drafts how assemblies begin, by the settings; None with the offline engine."""
    return build_outliner(settings.GROUNDWORK_ENGINE, options())


@cache
def inside() -> Engine:
    """The engine that sends nothing anywhere: for answers whose authors do not agree to a model elsewhere."""
    return build("offline")


def host() -> str:
    """Where answers are sent to be read, by the settings; "" where they stay here."""
    where = f"{settings.OPENAI_BASE_URL}|{settings.OPENAI_MODEL}"
    return host_of(where) if settings.GROUNDWORK_ENGINE != "offline" else ""


def host_of(lane: str) -> str:
    """The host an engine sends words to, by its lane (address and model), without the port; "" for an engine that sends none."""
    return (urlsplit(lane.partition("|")[0]).hostname or LIBRARYS_OWN) if lane else ""


def options() -> Options:
    """How the settings set an engine up."""
    return Options(
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY,
        model=settings.OPENAI_MODEL,
        deadline=settings.READING_DEADLINE,
        price_in=settings.OPENAI_PRICE_IN,
        price_out=settings.OPENAI_PRICE_OUT,
        window=settings.READING_WINDOW,
        critique=settings.READING_CRITIQUE,
        relay=settings.OPENAI_RELAY,
    )
