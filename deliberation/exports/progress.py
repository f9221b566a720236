"""How far a package has come, told by who makes it to who watches. Free of Django."""


class Stopped(RuntimeError):
    """Another worker has this package now: whoever makes it ends at once."""


class Progress:
    """`at`: the step it is at; `rows`: rows written so far."""

    def __init__(self) -> None:
        self.at, self.rows, self._stopped = "", 0, False

    def step(self, name: str) -> None:
        """The next step begins. Raises Stopped."""
        self.at = str(name)
        self.check()

    def add(self, rows: int) -> None:
        """So many rows more. Raises Stopped."""
        self.rows += rows
        self.check()

    def stop(self) -> None:
        """Tell who makes it that it was for nothing."""
        self._stopped = True

    def check(self) -> None:
        """Raises Stopped."""
        if self._stopped:
            raise Stopped
