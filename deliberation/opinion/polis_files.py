"""A folder in Polis' export form, read into a log of votes. Free of Django and NumPy.

Both forms are read: the older archive (`votes.csv`, `participants-votes.csv`, times in milliseconds) and the report's downloads
(`2026-01-31-0900-abc-votes.csv`, `...-participant-votes.csv`, times in seconds); each file plain or .gz; or the matrix of participants alone.
"""

import re
from pathlib import Path

from deliberation.opinion.conversation import Conversation, Log
from deliberation.opinion.polis_comments import miscounted, read_statements
from deliberation.opinion.polis_matrix import VOTE, Matrix
from deliberation.opinion.polis_tables import PolisFileError, milliseconds, open_polis, read_pairs

NAMED = re.compile(
    r"(?:.*?-)??(participants?-votes|votes|comments|summary)\.csv(?:\.gz)?", re.IGNORECASE
)


def read_folder(folder: Path, *, signs_inverted: bool = False) -> Conversation:
    """Read a conversation. Raises PolisFileError, which says where and what to do.

    `signs_inverted`: the files hold agree as -1 throughout, as Polis exported them in October 2024; nothing in them can tell.
    """
    files, turn = _found(folder), -1 if signs_inverted else 1
    statements = read_statements(files["comments"], turn) if "comments" in files else {}
    log = _read_log(files["votes"], turn) if "votes" in files else Log()
    published, mismatches = {}, []
    if "participant-votes" in files:
        matrix = Matrix(files["participant-votes"])
        matrix.read(None if "votes" in files else log, turn)
        published, mismatches = matrix.published, matrix.mismatches
    if "comments" in files:
        whole = "votes" in files
        mismatches += miscounted(files["comments"].name, statements, log, whole=whole)
    source = files.get("votes") or files["participant-votes"]
    summary = read_pairs(files["summary"]) if "summary" in files else {}
    return Conversation(log, source.name, statements, published, summary, tuple(mismatches))


def _found(folder: Path) -> dict[str, Path]:
    """The files by what they hold; others in the folder are left alone. Raises PolisFileError."""
    if not folder.is_dir():
        why = "there is no such folder. Unpack the export and give the folder its files are in."
        raise PolisFileError("no_folder", str(folder), why)
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if named := NAMED.fullmatch(path.name):
            kind = named[1].lower().replace("participants-", "participant-")
            if kind in found:
                why = f"{found[kind].name} holds the same. Keep one of the two."
                raise PolisFileError("two_files", path.name, why)
            found[kind] = path
    if not {"votes", "participant-votes"} & set(found):
        why = "there is neither votes.csv nor participants-votes.csv in it. Put one of them there."
        raise PolisFileError("no_votes", str(folder), why)
    return found


def _read_log(path: Path, turn: int) -> Log:
    """Every vote of votes.csv, in the order of the file. Raises PolisFileError."""
    table, log, words = open_polis(path), Log(), VOTE.words
    who, what, vote = (table.place(name) for name in ("voter-id", "comment-id", "vote"))
    when = table.place("timestamp")
    for line, cells in table.rows():
        try:
            time = milliseconds(int(cells[when]))
            log.add(int(cells[who]), int(cells[what]), time, turn * words[cells[vote]])
        except (KeyError, ValueError, OverflowError):  # slower, and knows what is wrong
            person, statement, time = (table.whole(line, cells, p) for p in (who, what, when))
            sign = turn * table.chosen(line, cells, vote, VOTE)
            log.add(person, statement, milliseconds(time), sign)
    return log
