"""Compute a lottery over panels, in a process of its own: JSON comes in, JSON goes out. The only file that loads `sortition_algorithms` (GPL-3).

Nothing of Groundwork is loaded here, so that it runs with any Python that has the package (`SORTITION_PYTHON`), with a hash seed of its own. People, questions and
answers come as numbers: no name, address or id of anybody reaches this process.

In: `seats`, `method`, `seed`, `people` (of each person the number of the answer, a question), `quotas` (of each question, of each answer [least, most]),
`households` (of each person a number, or null where nobody minds who lives together).
Out: `method` as it was used, `panels` (numbers of people) and `chances` (of each panel, adding up to 1); or `failure` (a code), with `relaxed` quotas where those
asked for cannot be met.
"""

import json
import os
import random
import sys
from importlib.util import find_spec
from typing import Any

HOME = "home"


def main() -> None:
    """Answer what comes on standard input."""
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(2, 1)  # solvers print there, beneath Python
        json.dump(compute(json.load(sys.stdin)), out)


def compute(asked: dict[str, Any]) -> dict[str, Any]:
    """The lottery, or why there is none."""
    if find_spec("sortition_algorithms") is None:
        return {"failure": "not_installed"}
    from sortition_algorithms import (  # noqa: PLC0415  an extra
        committee_generation,
        errors,
        utils,
    )

    features, people = _features(asked["quotas"]), _people(asked)
    homes = [HOME] if asked["households"] else []
    method = asked["method"]
    if method == "leximin" and not committee_generation.GUROBI_AVAILABLE:
        method = "maximin"
    find = {
        "maximin": committee_generation.find_distribution_maximin,
        "nash": committee_generation.find_distribution_nash,
        "leximin": committee_generation.find_distribution_leximin,
    }[method]
    random.seed(asked["seed"])
    utils.set_random_provider(asked["seed"])
    try:
        panels, chances, _ = find(features, people, asked["seats"], homes)
    except errors.InfeasibleQuotasError as unmet:
        return {"failure": "quotas_unmet", "relaxed": _as_numbers(unmet.features)}
    except (errors.InfeasibleQuotasCantRelaxError, errors.SelectionError):
        return {"failure": "quotas_unmet", "relaxed": None}
    panels, chances = committee_generation.standardize_distribution(panels, chances)
    told = sorted(zip(([*sorted(map(int, one))] for one in panels), chances, strict=True))
    return {
        "method": method,
        "panels": [panel for panel, _ in told],
        "chances": [float(chance) for _, chance in told],
    }


def _features(quotas: list[list[list[int]]]) -> Any:
    from sortition_algorithms.features import (  # noqa: PLC0415  an extra
        FeatureValueMinMax,
        set_default_max_flex,
    )

    features: Any = {
        f"q{question}": {
            f"a{answer}": FeatureValueMinMax(min=least, max=most)
            for answer, (least, most) in enumerate(answers)
        }
        for question, answers in enumerate(quotas)
    }
    set_default_max_flex(features)
    return features


def _people(asked: dict[str, Any]) -> Any:
    from sortition_algorithms.people import People  # noqa: PLC0415  an extra

    homes = asked["households"]
    people = People([HOME] if homes else [])
    features = _features(asked["quotas"])
    for number, answers in enumerate(asked["people"]):
        said = {f"q{question}": f"a{answer}" for question, answer in enumerate(answers)}
        home = {HOME: str(homes[number])} if homes else {}
        people.add(str(number), {**said, **home}, features, number)
    return people


def _as_numbers(features: Any) -> list[list[list[int]]]:
    return [
        [[int(one.min), int(one.max)] for one in answers.values()] for answers in features.values()
    ]


if __name__ == "__main__":
    main()
