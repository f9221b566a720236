"""What a release tells: counts of what people say to each value, by what they said of themselves, beside what earlier releases told. Nobody stands in it alone."""

import hmac
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q

from deliberation.assemblies.models import Assembly, Stratum
from deliberation.exports import disclosure
from deliberation.exports.disclosure import FEWEST, LATER, Told
from deliberation.exports.models import Release
from elicitation.graph.models import Endorsement, Value
from elicitation.interview.models import Respondent

SAYS = {said.value: said.name.lower() for said in Endorsement.Says}
UNSAID = ""  # who said nothing of themselves
EVERYBODY = ""  # in the place of a question: nobody is told apart
TOLD = "told"
NOTHING = Told({}, (), 0)
PARTS = ("counts", "hidden", "rest")
Plain = dict[str, Any]
Fresh = Callable[[], Told | None]


def rows(assembly: Assembly, earlier: Release | None) -> tuple[list[Plain], Plain]:
    """The rows of a new release, and what is remembered for the next: of every count all that was ever told, and of which values."""
    memory: Plain = dict(earlier.remembered) if earlier else {}
    kinds = {EVERYBODY: [UNSAID], **{one.code: _options(one) for one in assembly.strata.all()}}
    counted, found = _counted(assembly), []
    for (value, tree), says in product(_values(assembly).items(), SAYS.values()):
        state = TOLD
        for stratum, options in kinds.items():
            key = f"{value}:{says}:{stratum}"
            cells = {kind: counted.get(key, {}).get(kind, 0) for kind in options}
            order = _order(assembly.salt, key)
            fresh = partial(disclosure.first, cells, order, LATER if earlier else FEWEST)
            told = {"state": state, **asdict(NOTHING)}
            if state == TOLD:  # of the whole, which comes first: its parts would tell it
                told = _told(cells, tree, memory.get(key, []), fresh)
            if stratum == EVERYBODY:
                state = told["state"]
            found.append({"value": value, "says": says, "stratum": stratum, **told})
            if told["state"] == TOLD:
                kept = {name: told[name] for name in PARTS}
                memory[key] = [*memory.get(key, []), {**kept, "tree": tree}]
    return found, memory


def _told(cells: Mapping[str, int], tree: Sequence[str], before: Sequence[Plain], fresh: Fresh) -> Plain:  # fmt: skip
    """`state`: told; withheld, for so few people; or not_anew, where too few moved since it was told. `before`: all that was ever told of it."""
    if not before:
        told = fresh()
    elif all(one["tree"] == tree for one in before):
        told = disclosure.again(cells, [Told(*(one[name] for name in PARTS)) for one in before])
    else:  # values were folded since, or parted: beside what was told of each the sum would tell who moved
        told = None
    state = TOLD if told else "not_anew" if before else "withheld"
    return {"state": state, **asdict(told or NOTHING)}


def _order(salt: str, key: str) -> Callable[[str], object]:
    return lambda kind: hmac.digest(salt.encode(), f"release:{key}:{kind}".encode(), "sha256")


def _values(assembly: Assembly) -> Mapping[str, list[str]]:
    """The values that stand, each with all it is made of."""
    trees: dict[UUID, list[str]] = defaultdict(list)
    within = Value.objects.filter(inquiry__assemblies=assembly).order_by("id")
    for pk, root in within.values_list("pk", "root"):
        trees[root].append(str(pk))
    standing = Value.objects.standing().filter(inquiry__assemblies=assembly)
    here = standing.order_by("inquiry", "admitted_at", "id").values_list("pk", flat=True)
    return {str(pk): trees[pk] for pk in here}


def _options(stratum: Stratum) -> Sequence[str]:
    return [*(option["code"] for option in stratum.options), UNSAID]


def _counted(assembly: Assembly) -> Mapping[str, Mapping[str, int]]:
    """How many people and institutions say what to which value, by kind; as everybody may read on the site."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for stratum in (None, *assembly.strata.all()):
        for value, says, kind, number in _groups(assembly, stratum):
            code = stratum.code if stratum else EVERYBODY
            found[f"{value}:{SAYS[says]}:{code}"][kind or UNSAID] = number
    return found


def _groups(assembly: Assembly, stratum: Stratum | None) -> Iterator[tuple[UUID, int, str | None, int]]:  # fmt: skip
    here = Endorsement.objects.standing().filter(value__root__inquiry__assemblies=assembly)
    people = here.exclude(respondent__kind=Respondent.Kind.AI_AGENT).order_by()
    if stratum is None:
        whole = people.values_list("value__root", "says").annotate(n=Count("pk"))
        yield from ((value, says, None, number) for value, says, number in whole.iterator())
        return
    asked = Q(respondent__belongings__stratum=stratum)
    mine = FilteredRelation("respondent__belongings", condition=asked)
    told = people.annotate(mine=mine, kind_of=F("mine__option"))
    parts: Any = told.values_list("value__root", "says", "kind_of")
    yield from parts.annotate(number=Count("pk")).iterator()
