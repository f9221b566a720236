"""All measures of an assembly, in the order they are shown."""

from itertools import chain

from deliberation.assemblies.models import Assembly
from deliberation.measures.agreeing import agreeing
from deliberation.measures.authors import editing, reading_quality
from deliberation.measures.completing import completion
from deliberation.measures.figure import Figure
from deliberation.measures.surveyed import survey
from deliberation.measures.timing import time_on_task
from deliberation.measures.turnout import representativeness


def sheet(assembly: Assembly, language: str) -> list[Figure]:
    """`language`: in which questions and answers of the assembly are named."""
    return list(
        chain(
            representativeness(assembly, language),
            completion(assembly, language),
            time_on_task(assembly, language),
            reading_quality(assembly),
            editing(assembly),
            agreeing(assembly),
            survey(assembly),
        )
    )
