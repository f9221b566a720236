"""A model that tells stories, asked for one telling."""

from elicitation.extraction.engines import storyteller
from elicitation.extraction.engines.base import Options
from elicitation.graph import telling


def teller(server, deadline=5.0, **more):
    options = Options(base_url=server.url, api_key="k", model="m", deadline=deadline, **more)
    return storyteller("openai", options)


def tell(asked, server, **more):
    return telling.tell(asked.pk, teller(server, **more))
