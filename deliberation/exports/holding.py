"""Go on holding a claim while something is made: a second thread says how far it is, and ends the making where another worker has it now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from deliberation.exports.progress import Progress


@contextmanager
def held(hold_on: Callable[[str, int], bool], beat: float) -> Iterator[Progress]:
    """Every `beat` seconds `hold_on` is told step and rows, by a connection of its own, for this one's may be reading a snapshot."""
    progress, done = Progress(), Event()

    def go_on() -> None:
        try:
            while not done.wait(beat):
                if not hold_on(progress.at, progress.rows):
                    progress.stop()
                    return
        finally:
            connection.close()

    thread = Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        done.set()
        thread.join()
