"""Engines, and how each is made. What only one of them needs is imported only for it."""

from elicitation.extraction.engines.base import ClauseWriter, Engine, Options, Storyteller
from elicitation.extraction.engines.outlines import Outliner


def build(name: str, options: Options | None = None) -> Engine:
    """The engine called `name`: "offline" or "openai".

    The web process never gets here, so it never loads an encoder or a client. Raises ValueError for another name.
    """
    if name == "offline":
        from elicitation.extraction.engines.offline import Offline

        return Offline()
    if name == "openai":
        from elicitation.extraction.engines.endpoint import Endpoint

        return Endpoint(options or Options())
    raise ValueError(f"no engine is called {name!r}: offline or openai")


def storyteller(name: str, options: Options | None = None) -> Storyteller | None:
    """Who tells stories of moves between values where the engine is `name`; None where it makes up no sentence."""
    if name != "openai":
        return None
    from elicitation.extraction.engines.endpoint import Endpoint
    from elicitation.extraction.engines.telling import StorytellerByModel

    return StorytellerByModel(Endpoint(options or Options()))


def clause_writer(name: str, options: Options | None = None) -> ClauseWriter | None:
    """Who words clauses where the engine is `name`; None where it makes up no sentence."""
    if name != "openai":
        return None
    from elicitation.extraction.engines.clauses import ClauseWriterByModel
    from elicitation.extraction.engines.endpoint import Endpoint

    return ClauseWriterByModel(Endpoint(options or Options()))


def outliner(name: str, options: Options | None = None) -> Outliner | None:
    """Who drafts how an assembly begins where the engine is `name`; None where it makes up no sentence."""
    if name != "openai":
        return None
    from elicitation.extraction.engines.endpoint import Endpoint
    from elicitation.extraction.engines.outlining import OutlinerByModel

    return OutlinerByModel(Endpoint(options or Options()))
