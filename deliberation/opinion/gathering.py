"""From the log of a conversation to votes as arrays. Free of Django; apart from the log, so that a page can read one without NumPy."""

import numpy as np

from deliberation.opinion.conversation import Log
from deliberation.opinion.votes import Votes, gather


def votes_of(log: Log) -> Votes:
    """The last vote of each person on each statement, people and statements sorted by id. The log is not copied first."""
    return gather(
        np.frombuffer(log.people, dtype=np.int64),
        np.frombuffer(log.statements, dtype=np.int64),
        np.frombuffer(log.times, dtype=np.int64),
        np.frombuffer(log.signs, dtype=np.int8),
    )
