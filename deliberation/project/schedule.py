"""What the scheduler rings for, and how often. A ring nobody heard in time expires: the next one does the same work."""

from celery.schedules import crontab

EVERY = {  # seconds
    "elicitation.record.tasks.seal": 1.0,
    "elicitation.extraction.tasks.sweep": 2.0,
    "elicitation.extraction.tasks.sweep_trials": 2.0,
    "deliberation.opinion.tasks.sweep_results": 2.0,
    "deliberation.exports.tasks.note_withdrawals": 10.0,
    "deliberation.exports.tasks.sweep_packages": 2.0,
    "deliberation.exports.tasks.take_packages_away": 10.0,
    "deliberation.assemblies.tasks.sweep_imports": 2.0,
    "deliberation.artifacts.tasks.count_ballots": 5.0,
    "deliberation.artifacts.tasks.sweep_files": 2.0,
    "deliberation.artifacts.tasks.sweep_phrasings": 2.0,
    "deliberation.artifacts.tasks.sweep_corrections": 5.0,
    "deliberation.moderation.tasks.sweep_suggestions": 10.0,
    "elicitation.graph.tasks.sweep_likenesses": 10.0,
    "elicitation.graph.tasks.sweep_pairings": 60.0,
    "elicitation.graph.tasks.sweep_tellings": 60.0,
}
SCHEDULE = {
    **{
        task: {"task": task, "schedule": every, "options": {"expires": 2 * every}}
        for task, every in EVERY.items()
    },
    "every night, what is over": {
        "task": "deliberation.assemblies.tasks.forget_what_is_over",
        "schedule": crontab(hour="3", minute="10"),
        "options": {"expires": 3600},
    },
    "every night, old replies": {
        "task": "elicitation.extraction.tasks.purge_old_replies",
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 3600},
    },
    "every night": {
        "task": "elicitation.graph.tasks.regroup_all",
        "schedule": crontab(hour="2", minute="40"),
        "options": {"expires": 3600},
    },
}
