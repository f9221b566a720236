"""Open a data package with the programs researchers have, and compare what each reads with the package's JSON Lines.

    python tests/journeys/_opened.py FOLDER

Says for each program, with its version, what it opened, or that it is not here; ends with 1 where one of them reads something else. Needs nothing but
Python; uses frictionless, pandas (with pyarrow for Parquet), networkx, igraph, Rscript with readr, and LibreOffice where they are.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

LETTERS = {
    "string": "c", "integer": "d", "number": "d", "boolean": "l", "datetime": "T", "array": "c", "object": "c",
}  # fmt: skip
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
READR = """
for (one in strsplit(readLines(file("stdin")), " ")) {
  told <- suppressWarnings(readr::read_csv(one[1], col_types = one[2], na = "", progress = FALSE))
  cat(basename(one[1]), nrow(told), ncol(told), nrow(readr::problems(told)), sum(is.na(told)), "\\n")
}
cat("readr", as.character(packageVersion("readr")), "\\n")
"""


class Differs(Exception):
    """A program reads something else than what the package says."""


def same(found: object, wanted: object, where: str) -> None:
    """Raises Differs."""
    if found != wanted:
        raise Differs(f"{where}: {str(found)[:300]} instead of {str(wanted)[:300]}")


def tables(folder: Path) -> Iterator[str]:
    """The tables there are."""
    return (path.stem for path in sorted((folder / "csv").glob("*.csv")))


def cells(folder: Path, table: str) -> list[list[str]]:
    """A table as CSV has it, with its header."""
    with (folder / f"csv/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    """A table, exact."""
    lines = (folder / f"{table}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def with_frictionless(folder: Path) -> str:
    """Every row of every table is what datapackage.json says."""
    report = import_module("frictionless").Package(str(folder / "datapackage.json")).validate()
    same(report.flatten(["title", "message"]), [], "frictionless")
    return f"{version('frictionless')}: {report.stats['tasks']} tables valid, all rows"


def with_pandas(folder: Path) -> str:
    """CSV cell by cell, JSON Lines and Parquet by their rows."""
    pandas, names = import_module("pandas"), list(tables(folder))
    for table in names:
        frame = pandas.read_csv(folder / f"csv/{table}.csv", dtype=str, keep_default_na=False)
        same([list(frame.columns), *frame.values.tolist()], cells(folder, table), f"pandas, {table}.csv")  # fmt: skip
        exact = rows(folder, table)
        read = pandas.read_json(folder / f"{table}.jsonl", lines=True, dtype=False)
        same(len(read), len(exact), f"pandas, {table}.jsonl")
        if (folder / "parquet").exists():
            packed = pandas.read_parquet(folder / f"parquet/{table}.parquet")
            same((list(packed.columns), len(packed)), (cells(folder, table)[0], len(exact)), f"pandas, {table}.parquet")  # fmt: skip
    return f"{version('pandas')}: {len(names)} tables as CSV, JSON Lines and Parquet"


def graphs(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Each graph there is, how many values it has, and how many transitions."""
    for path in sorted((folder / "graph").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        yield path.stem, len(told["values"]), len(told["edges"])


def with_networkx(folder: Path) -> str:
    """GraphML and GEXF, with as many values and transitions as the JSON, and a title at each value."""
    networkx, told = import_module("networkx"), list(graphs(folder))
    for name, values, edges in told:
        for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
            graph = read(folder / f"graph/{name}.{form}")
            same((graph.number_of_nodes(), graph.number_of_edges()), (values, edges), f"networkx, {form}")  # fmt: skip
            same([n for n, at in graph.nodes(data=True) if not (at.get("title") or at.get("label"))], [], f"networkx, {form}")  # fmt: skip
    return f"{version('networkx')}: graphs of {len(told)} questions as GraphML and GEXF"


def with_igraph(folder: Path) -> str:
    """GraphML."""
    igraph, told = import_module("igraph"), list(graphs(folder))
    for name, values, edges in told:
        graph = igraph.Graph.Read_GraphML(str(folder / f"graph/{name}.graphml"))
        same((graph.vcount(), graph.ecount()), (values, edges), "igraph")
    return f"{version('igraph')}: graphs of {len(told)} questions as GraphML"


def with_readr(folder: Path) -> str:
    """Every CSV by the kinds of datapackage.json: as many rows and empty cells, and no cell of another kind."""
    if not shutil.which("Rscript"):
        raise ModuleNotFoundError
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    kinds = {one["path"]: "".join(LETTERS[f["type"]] for f in one["schema"]["fields"]) for one in resources}  # fmt: skip
    asked = "\n".join(f"{folder / path} {letters}" for path, letters in kinds.items())
    said = subprocess.run(["Rscript", "-e", READR], input=asked, capture_output=True, text=True, check=False)  # fmt: skip
    if "no package called" in said.stderr:
        raise ModuleNotFoundError
    *found, told = said.stdout.splitlines() or [said.stderr]
    wanted = []
    for path in kinds:
        header, *body = cells(folder, Path(path).stem)
        wanted.append(f"{Path(path).name} {len(body)} {len(header)} 0 {sum(row.count('') for row in body)} ")  # fmt: skip
    same(found, wanted, "readr")
    return f"{told.strip().removeprefix('readr ')}: {len(kinds)} tables as CSV, no cell of another kind"  # fmt: skip


def with_libreoffice(folder: Path) -> str:
    """Every sheet of the workbook, cell by cell, as CSV has it."""
    office = shutil.which("soffice")
    if not office:
        raise ModuleNotFoundError
    with tempfile.TemporaryDirectory() as name:
        profile = f"-env:UserInstallation=file://{name}/profile"
        command = [office, profile, "--headless", "--convert-to", ALL_SHEETS, "--outdir", name, str(folder / "tables.xlsx")]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        seen = 0
        for table in tables(folder):
            if (path := Path(name) / f"tables-{table}.csv").exists():
                seen += 1
                with path.open(encoding="utf-8", newline="") as file:
                    read = [list(map(plain, row)) for row in csv.reader(file)]
                wanted = [list(map(plain, row)) for row in cells(folder, table)]
                for number, (one, other) in enumerate(zip(read, wanted, strict=True)):
                    same(one, other, f"LibreOffice, {table}, row {number}")
    told = subprocess.run([office, "--version"], capture_output=True, text=True, check=False).stdout
    if not seen:
        raise Differs("LibreOffice: no sheet")
    return f"{told.split()[1]}: {seen} sheets, every cell"


def plain(cell: str) -> str | float:
    """A cell without what a line of a spreadsheet does to it: ends of lines, numbers written otherwise."""
    try:
        return float(cell)
    except ValueError:
        return " ".join(cell.split())


PROGRAMS: dict[str, Callable[[Path], str]] = {
    "frictionless": with_frictionless,
    "pandas": with_pandas,
    "networkx": with_networkx,
    "igraph": with_igraph,
    "readr": with_readr,
    "LibreOffice": with_libreoffice,
}


def opened(folder: Path) -> dict[str, str]:
    """What each program that is here opened. Raises Differs."""
    found = {}
    for name, program in PROGRAMS.items():
        try:
            found[name] = program(folder)
        except ModuleNotFoundError:
            continue
    return found


if __name__ == "__main__":
    told = opened(Path(sys.argv[1]).resolve())
    for name in PROGRAMS:
        sys.stdout.write(f"{name} {told.get(name, ': not here')}\n")
