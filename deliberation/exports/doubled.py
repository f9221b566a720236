"""How far two moderators agree, computed from the table of second looks alone. Free of Django: it goes into the package with the rules."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deliberation.exports import raw
from deliberation.moderation import agreement


def agreed(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Of each kind of case: of how many (`n`), how many alike, kappa and alpha with their intervals; None where chance leaves nothing to tell."""
    judged: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in raw.rows(folder, "second_looks"):
        judged[row["case"]].append((row["first"], row["second"]))
    return {
        case: {
            "n": len(pairs),
            "agreed": sum(a == b for a, b in pairs),
            "kappa": agreement.kappa(pairs),
            "kappa_between": agreement.around_kappa(pairs),
            "alpha": agreement.alpha(pairs),
            "alpha_between": agreement.around_alpha(pairs),
        }
        for case, pairs in sorted(judged.items())
    }
