"""Write all that a package holds beside its tables, from the tables alone: whoever has these can make the rest again. Free of Django."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from deliberation.exports import codebook, graphs, leaks, linked, parquet, recomputing, xlsx
from deliberation.exports import rules_copied as rules
from deliberation.exports.datapackage import croissant, described
from deliberation.exports.facts import Facts
from deliberation.exports.processing import processing
from deliberation.exports.progress import Progress
from deliberation.exports.tables import TABLES
from deliberation.exports.whole import put, put_json, seal

FORMAT = "groundwork-package/1"
ENCLOSED = Path(__file__).parent / "enclosed"
UNLICENSED = "No licence is granted beyond the agreement under which you were given it."
LICENSED = "Whoever runs the assembly has put the data under: {licence}."
Plain = dict[str, Any]


def compose(facts: Facts, out: Path, progress: Progress) -> Plain:
    """Complete the package in the folder `out`, which holds the tables. Returns its manifest. Raises Leaked, OSError, RulesFailed."""
    progress.step("scan")
    if leak := leaks.first_leak(out):
        raise leaks.Leaked(leak)
    put_json(out / "settings.json", facts.settings)
    _enclose(facts, out)
    with recomputing.computing(out) as process:
        told = {**facts.about, **_forms(facts, out, progress), "licence": facts.licence}
        graphs.write(out, recomputing.computed(process, out, progress))
    return _described(told, facts, out)


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


def _forms(facts: Facts, out: Path, progress: Progress) -> Plain:
    """The tables in the other forms, and the thread. Returns what the manifest says of them."""
    progress.step("forms")
    here = [name for name in TABLES if name in facts.rows]
    with ThreadPoolExecutor(1) as beside:  # DuckDB needs no turn of Python's
        parquets = beside.submit(parquet.write, out, here)
        book = xlsx.write(out / "tables.xlsx", (_sheet(out, name, facts.rows[name], progress) for name in here))  # fmt: skip
        linked.write(out, out / "graph" / "thread.jsonld")
        written = parquets.result()
    progress.check()
    told = processing(out, facts.about)
    put_json(out / "processing.json", told)
    return {
        "rows": dict(facts.rows),
        "xlsx": {"split_cells": book.split, "left_out": book.left_out},
        "parquet": written,
        "processing": told,
    }


def _sheet(out: Path, name: str, number: int, progress: Progress) -> xlsx.Sheet:
    progress.check()
    path = out / f"{name}.jsonl"
    return xlsx.Sheet(name, list(TABLES[name].columns), _rows(path), number, path.stat().st_size)


def _rows(path: Path) -> Iterator[Plain]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _described(told: Plain, facts: Facts, out: Path) -> Plain:
    """The files that tell of the others; the manifest last."""
    told["files"] = _sealed(out)
    put_json(out / "datapackage.json", described(told))
    put_json(out / "croissant.json", croissant(told))
    put(out / "codebook.md", codebook.markdown(told))
    put(out / "codebook.html", codebook.html(told))
    files = _sealed(out, told["files"])
    manifest = {
        "format": FORMAT,
        **{name: told[name] for name in ("assembly", "is_sample", "record_head", "agreement", "not_in_research", "licence", "rows", "xlsx", "parquet", "funnel")},
        "withheld": {f"{table}.jsonl": "still_weighing" for table in facts.about["withheld"]},
        "content": _content(files),
        "files": files,
        "columns": {name: dict(table.columns) for name, table in TABLES.items()},
    }  # fmt: skip
    put_json(out / "manifest.json", manifest)
    return manifest


def _sealed(out: Path, known: Mapping[str, Plain] | None = None) -> Mapping[str, Plain]:
    """Every file there is, but the manifest; of those `known` what was found before."""
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    names = {path.relative_to(out).as_posix(): path for path in paths if path.name != "manifest.json"}  # fmt: skip
    return {name: (known or {}).get(name) or seal(path) for name, path in names.items()}


def _content(files: Mapping[str, Plain]) -> str:
    """One SHA-256 over the names and checksums of all files."""
    lines = "".join(f"{file['sha256']}  {name}\n" for name, file in files.items())
    return hashlib.sha256(lines.encode()).hexdigest()
