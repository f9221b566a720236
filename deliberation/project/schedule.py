"""What the scheduler rings for, and how often. A ring nobody heard in time expires: the next one does the same work.

What is rung for every few seconds does what the database says is to be done, so a missed ring is made up by the next. What runs once a night keeps a watermark
(decision 0035): the clock's tick rings for it.
"""

from deliberation.assemblies.turns import Rhythm

EVERY = {  # seconds
    "deliberation.project.tasks.tick": 5.0,
    "elicitation.record.tasks.seal": 1.0,
    "elicitation.extraction.tasks.sweep": 2.0,
    "elicitation.extraction.tasks.sweep_trials": 2.0,
    "deliberation.opinion.tasks.sweep_results": 2.0,
    "deliberation.opinion.tasks.sweep_uploads": 2.0,
    "deliberation.exports.tasks.note_withdrawals": 10.0,
    "deliberation.exports.tasks.sweep_packages": 2.0,
    "deliberation.exports.tasks.sweep_releases": 2.0,
    "deliberation.exports.tasks.take_packages_away": 10.0,
    "deliberation.exports.tasks.announce": 5.0,
    "deliberation.assemblies.tasks.sweep_imports": 2.0,
    "deliberation.assemblies.tasks.sweep_deliveries": 5.0,
    "deliberation.assemblies.tasks.sweep_outlines": 2.0,
    "deliberation.assemblies.tasks.sweep_lots": 2.0,
    "deliberation.assemblies.tasks.sweep_letters": 15.0,
    "deliberation.artifacts.tasks.count_ballots": 5.0,
    "deliberation.artifacts.tasks.sweep_rehearsals": 2.0,
    "deliberation.artifacts.tasks.sweep_files": 2.0,
    "deliberation.artifacts.tasks.sweep_phrasings": 2.0,
    "deliberation.artifacts.tasks.sweep_pictures": 10.0,
    "deliberation.artifacts.tasks.sweep_corrections": 5.0,
    "deliberation.artifacts.tasks.put_letters": 60.0,
    "deliberation.moderation.tasks.sweep_suggestions": 10.0,
    "elicitation.graph.tasks.sweep_likenesses": 10.0,
    "elicitation.graph.tasks.sweep_pairings": 60.0,
    "elicitation.graph.tasks.sweep_tellings": 60.0,
}
SCHEDULE = {
    task: {"task": task, "schedule": every, "options": {"expires": 2 * every}}
    for task, every in EVERY.items()
}


def nightly(hour: int, minute: int) -> Rhythm:
    """Once a day, at that time, UTC."""
    return Rhythm(every=86_400, at=3600 * hour + 60 * minute)


TURNS = {
    "elicitation.graph.tasks.regroup_all": nightly(2, 40),
    "deliberation.opinion.tasks.look_for_twins": nightly(2, 55),
    "deliberation.assemblies.tasks.forget_what_is_over": nightly(3, 10),
    "deliberation.assemblies.tasks.forget_outlines_left": nightly(3, 15),
    "deliberation.assemblies.tasks.forget_pools_left": nightly(3, 17),
    "deliberation.assemblies.tasks.forget_addresses_left": nightly(3, 18),
    "elicitation.extraction.tasks.purge_old_replies": nightly(3, 20),
}
