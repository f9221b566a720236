"""Open a file of answers by what it is, and guess which column holds what. Free of Django."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean

from elicitation.interview.csv_tables import open_csv
from elicitation.interview.other_tables import open_json_lines, open_sheet
from elicitation.interview.tables import Table, TableUnreadable, ensure_fit

OPENERS: Mapping[str, Callable[[Path], Table]] = {
    ".csv": open_csv,
    ".tsv": open_csv,
    ".txt": open_csv,
    ".jsonl": open_json_lines,
    ".ndjson": open_json_lines,
    ".xlsx": open_sheet,
}
# Names by which each field goes in files seen in the wild, best first.
NAMES: Mapping[str, Sequence[str]] = {
    "text": (
        "text", "answer", "response", "comment-body", "comment", "reason", "statement", "opinion", "message", "texte",
        "réponse", "respuesta", "antwort", "resposta", "texto", "commentaire", "comentario", "contribution", "ответ",
        "回答", "答案", "意見", "إجابة", "الإجابة", "body", "content",
    ),
    "id": ("id", "response_id", "answer_id", "comment-id", "comment_id", "key", "uuid", "nr", "no"),
    "question": ("question", "prompt", "pregunta", "frage", "pergunta", "вопрос", "質問", "问题", "السؤال"),
    "language": ("language", "lang", "locale", "langue", "idioma", "sprache", "язык", "语言", "اللغة"),
    "respondent": (
        "respondent", "participant", "participant_id", "author-id", "author_id", "person", "user", "user_id", "voter-id",
    ),
}  # fmt: skip
LONG_ENOUGH = 12  # characters on average, for a column to look like answers


def open_table(path: Path) -> Table:
    """Open by ending; a file of unknown ending is tried as CSV. Raises TableUnreadable."""
    ensure_fit(path)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return OPENERS[".xlsx"](path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableUnreadable("old_workbook", f"{path.name} is an old .xls file. Save it as .xlsx.")
    return OPENERS.get(path.suffix.lower(), open_csv)(path)


def guess(columns: Sequence[str], samples: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Field -> column, by the names of columns, else (for the text) by the longest words. Fields may be missing."""
    known = {column.strip().casefold(): column for column in columns}
    mapping = {}
    for field, names in NAMES.items():
        if found := next((known[name] for name in names if name in known), None):
            mapping[field] = found
    if "text" not in mapping and (longest := _longest(columns, samples, set(mapping.values()))):
        mapping["text"] = longest
    return mapping


def _longest(
    columns: Sequence[str], samples: Sequence[Mapping[str, str]], taken: set[str]
) -> str | None:
    lengths = {
        column: mean([len(row.get(column, "")) for row in samples] or [0])
        for column in columns
        if column not in taken
    }
    best = max(lengths, key=lambda column: lengths[column], default=None)
    return best if best and lengths[best] >= LONG_ENOUGH else None
