"""Write all that a package holds beside its tables, from the tables alone: whoever has these can make the rest again. Free of Django."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deliberation.exports import codebook, forming, graphs, parcel, parquet, recomputing
from deliberation.exports import rules_copied as rules
from deliberation.exports.datapackage import croissant, described
from deliberation.exports.facts import Facts
from deliberation.exports.forming import Forming
from deliberation.exports.parcel import Parcel
from deliberation.exports.parquet import Squares
from deliberation.exports.progress import Progress
from deliberation.exports.tables import TABLES
from deliberation.exports.whole import put, put_json

FORMAT = "groundwork-package/1"
ENCLOSED = Path(__file__).parent / "enclosed"
UNLICENSED = "No licence is granted beyond the agreement under which you were given it."
LICENSED = "Whoever runs the assembly has put the data under: {licence}."
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is done with what is whole while the rest is written: the parcel of all files and the tables as Parquet in threads, other forms in a process."""

    parcel: Parcel
    squares: Squares
    forms: Forming

    def take(self, table: str, rows: int) -> None:
        """A table is whole, as JSON Lines and as CSV."""
        self.forms.take(table, rows)
        self.squares.take(table)
        self.parcel.take(f"{table}.jsonl", f"csv/{table}.csv")


@contextmanager
def beside(out: Path, archive: Path | None = None, inside: str = "") -> Iterator[Beside]:
    """All that for the package in the folder `out`; `archive`: the ZIP it becomes, in whose folder `inside` all of it is, whole once this ends."""
    packed = parcel.packing(out, archive, inside) if archive else parcel.sealing(out)
    with packed as taken, parquet.squaring(out) as squares, forming.forming(out) as forms:
        yield Beside(taken, squares, forms)


def compose(facts: Facts, out: Path, progress: Progress, at_hand: Beside) -> Plain:
    """Complete the package in the folder `out`, which holds the tables. Returns its manifest. Raises Leaked, OSError, FormsFailed, RulesFailed."""
    put_json(out / "settings.json", facts.settings)
    _enclose(facts, out)
    with recomputing.computing(out) as process:
        told = {**facts.about, **_forms(facts, out, progress, at_hand), "licence": facts.licence}
        graphs.write(out, recomputing.computed(process, out, progress))
    progress.step("packing")
    return _described(told, facts, out, at_hand.parcel)


def _enclose(facts: Facts, out: Path) -> None:
    """What needs no table."""
    terms = LICENSED.format(licence=facts.licence) if facts.licence else UNLICENSED
    put_json(out / "prompts.json", facts.asked)
    put_json(out / "consent.json", facts.agreed)
    for name, text in facts.instructions.items():
        put(out / "instructions" / name, text)
    put(out / "TERMS.md", _enclosed("TERMS.md").replace("{licence}", terms))
    put(out / "CITATION.cff", citation(facts))
    for name in ("README.md", "recompute.py"):
        put(out / name, _enclosed(name))
    for name in ("howto.py", "howto.R"):  # Python here as text: it is for readers with pandas
        put(out / "howto" / name, _enclosed(f"{name}.txt"))
    rules.copy(out / "rules")


def _enclosed(name: str) -> str:
    return (ENCLOSED / name).read_text(encoding="utf-8")


def citation(facts: Facts) -> str:
    """CITATION.cff; texts as JSON strings, which YAML reads."""
    quoted = json.JSONEncoder(ensure_ascii=False).encode
    head = facts.about["record_head"]
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        "message: Please cite these data as below, and read TERMS.md first.",
        f"title: {quoted(facts.about['title'] + ' (data of a deliberation)')}",
        'authors:\n  - name: "The people of the assembly, and those who ran it"',
    ]
    if "://" in facts.licence:
        lines.append(f"license-url: {quoted(facts.licence)}")
    elif facts.licence:
        lines.append(f"license: {quoted(facts.licence)}")
    if head:
        lines.append(f"version: {quoted('record of ' + str(head['size']) + ' entries')}")
    return "\n".join(lines) + "\n"


def _forms(facts: Facts, out: Path, progress: Progress, at_hand: Beside) -> Plain:
    """The tables in the other forms, and the thread. Returns what the manifest says of them."""
    made = at_hand.forms.made(facts.about, progress)
    at_hand.parcel.take(*forming.FORMS)
    put_json(out / "processing.json", made["processing"])
    return {"rows": dict(facts.rows), **made, "parquet": at_hand.squares.written()}


def _described(told: Plain, facts: Facts, out: Path, parcel: Parcel) -> Plain:
    """The files that tell of the others; the manifest last."""
    parcel.take_rest()
    told["files"] = parcel.seals()
    put_json(out / "datapackage.json", described(told))
    put_json(out / "croissant.json", croissant(told))
    put(out / "codebook.md", codebook.markdown(told))
    put(out / "codebook.html", codebook.html(told))
    parcel.take_rest()
    files = parcel.seals()
    manifest = {
        "format": FORMAT,
        **{name: told[name] for name in ("assembly", "is_sample", "record_head", "agreement", "not_in_research", "licence", "rows", "xlsx", "parquet", "funnel")},
        "withheld": {f"{table}.jsonl": "still_weighing" for table in facts.about["withheld"]},
        "content": _content(files),
        "files": files,
        "columns": {name: dict(table.columns) for name, table in TABLES.items()},
    }  # fmt: skip
    put_json(out / "manifest.json", manifest)
    parcel.take("manifest.json")
    return manifest


def _content(files: Mapping[str, Mapping[str, Any]]) -> str:
    """One SHA-256 over the names and checksums of all files."""
    lines = "".join(f"{file['sha256']}  {name}\n" for name, file in files.items())
    return hashlib.sha256(lines.encode()).hexdigest()
