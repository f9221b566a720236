"""The sequencer: each second what was committed gets its place in the tree, under a newly signed head."""

from elicitation.record import actions, keys

BATCH = 10_000  # entries a transaction


def seal(batch: int = BATCH) -> int:
    """Seal all that waits, a head a batch; nothing waiting, no head. Returns how many entries.

    Safe to call at any time from anywhere: two at once are one. Raises NoKey, BadKey, TreeBroken.
    """
    signer = keys.signer()
    sealed = latest = actions.seal(signer, batch)
    while latest == batch:
        latest = actions.seal(signer, batch)
        sealed += latest
    return sealed
