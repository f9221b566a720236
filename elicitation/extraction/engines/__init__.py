"""Engines, and how each is made. What only one of them needs is imported only for it."""

from elicitation.extraction.engines.base import Engine


def build(name: str, *, base_url: str, api_key: str, model: str, deadline: float) -> Engine:
    """The engine called `name` ("offline" or "openai"); `deadline` in seconds an answer.

    The web process never gets here, so it never loads an encoder or a client. Raises ValueError for another name.
    """
    if name == "offline":
        from elicitation.extraction.engines.offline import Offline

        return Offline()
    if name == "openai":
        from elicitation.extraction.engines.endpoint import Endpoint

        return Endpoint(base_url=base_url, api_key=api_key, model=model, deadline=deadline)
    raise ValueError(f"no engine is called {name!r}: offline or openai")
