"""When work that comes round is due: at the same time of each day, or every so many seconds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Due `at` seconds after midnight (UTC) and every `every` seconds before and after that."""

    every: int
    at: int = 0

    def latest(self, now: datetime) -> datetime:
        """The last moment at or before `now` at which it was due."""
        first = EPOCH + timedelta(seconds=self.at)
        return now - (now - first) % timedelta(seconds=self.every)

    def is_due(self, through: datetime, now: datetime) -> bool:
        """Whether it was due since `through`, the moment up to which all is done. However many were missed, one run makes them up."""
        return self.latest(now) > through
