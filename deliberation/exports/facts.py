"""What a package says beside its tables. Free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says beside the tables, as of the same moment.

    `about`: slug, titles, head of the record, what is withheld, counts; `settings`: what the rules of results were given; `asked`: the
    questions in all their versions; `agreed`: what people agreed to; `instructions`: what models are told, by file name; `licence`: how the
    data may be used, "" for no more than people agreed to; `rows`: how many each table that is not withheld has.
    """

    about: Plain
    settings: Plain
    asked: Plain
    agreed: Plain
    instructions: Mapping[str, str]
    licence: str
    rows: Mapping[str, int]
