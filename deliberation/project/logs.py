"""What is logged, as JSON lines that hold nothing of anybody: no words, names, codes, addresses of pages or networks.

A line says what happened by the fixed text of the log call, never by what was filled in; an exception by its kind and where it was raised,
never by its message, for messages quote rows.
"""

import json
import logging
import logging.config
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from django.conf import settings

access = logging.getLogger("deliberation.access")
OURS = ("deliberation", "elicitation")
SAID = ("route", "method", "status", "ms")  # what an access line says besides
TASK = {"name": "task", "id": "task_id", "runtime": "seconds"}  # what Celery tells of a task
FRAMES = 20
request_number: ContextVar[str] = ContextVar("request", default="")


class JsonLines(logging.Formatter):
    """One line of JSON a record."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "said": _text(record),
            "where": f"{record.module}:{record.lineno}",
        }  # fmt: skip
        if request := request_number.get():
            line["request"] = request
        line |= {name: getattr(record, name) for name in SAID if hasattr(record, name)}
        line |= _told(record.args)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = error(record.exc_info[1])
        return json.dumps(line)


def _text(record: logging.LogRecord) -> str:
    """The fixed text of a log call. Where it may have been filled in already, and is not ours, it stays unsaid."""
    fixed = record.args or record.name.split(".")[0] in OURS
    return str(record.msg) if fixed else ""


def _told(args: Any) -> dict[str, Any]:
    """What may be told of what was to be filled in: numbers, and of a task its name, number and time."""
    if isinstance(args, Mapping):
        return {
            told: args[name]
            for name, told in TASK.items()
            if isinstance(args.get(name), str | float)
        }
    numbers = [one for one in args or () if isinstance(one, int | float)]
    return {"numbers": numbers} if numbers else {}


def error(raised: BaseException) -> list[dict[str, Any]]:
    """An exception and what it came from: kinds, the database's code, and where; no message."""
    told, seen = [], set[int]()
    cause: BaseException | None = raised
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        kind = type(cause)
        one: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}"}
        if isinstance(state := getattr(cause, "sqlstate", None), str):
            one["sqlstate"] = state
        frames = traceback.extract_tb(cause.__traceback__)[-FRAMES:]
        one["stack"] = [f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in frames]
        told.append(one)
        cause = cause.__cause__ or cause.__context__
    return told


def begin() -> None:
    """Let a process log as the settings say, what it is warned of and what ends it too."""
    logging.config.dictConfig(settings.LOGGING)
    if settings.LOG_FORMAT != "json":
        return
    logging.captureWarnings(True)
    sys.excepthook = _broken
    threading.excepthook = lambda args: _broken(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _broken(kind: type[BaseException], raised: BaseException, trace: TracebackType | None) -> None:
    access.critical("broke off", exc_info=(kind, raised, trace))
