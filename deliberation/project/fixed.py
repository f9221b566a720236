"""Settings nobody sets: what browsers may load, how the API speaks, and where each task waits."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "deliberation.api.tokens.ByToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["deliberation.api.tokens.InScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "deliberation.api.errors.problem",
    "DEFAULT_THROTTLE_CLASSES": ["deliberation.api.throttles.Pace"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Groundwork",
    "DESCRIPTION": "Read what an assembly found, bring answers along, decide on cards, and take the data away. Lists come in pages: follow `next`. Errors are application/problem+json with a stable `code`, and name the `fields` at fault. Answers carry an ETag; send it as `If-None-Match`, and what you have is not sent again.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {"ImportState": ["shown", "running", "done", "failed", "forgotten"]},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "deliberation.api.schema.with_problems",
        "deliberation.api.schema.with_sparse_rows",
        "deliberation.api.examples.with_examples",
    ],
}
CELERY_TASK_ROUTES = {
    "elicitation.extraction.tasks.read_response": {"queue": "reading"},
    "elicitation.extraction.tasks.try_prompt": {"queue": "reading"},
    "elicitation.graph.tasks.*": {"queue": "graph"},
    "deliberation.moderation.tasks.*": {"queue": "graph"},
    "deliberation.assemblies.tasks.*": {"queue": "export"},
    "deliberation.artifacts.tasks.word_clause": {"queue": "reading"},
    "deliberation.artifacts.tasks.*": {"queue": "export"},
    "elicitation.record.tasks.*": {"queue": "record"},
    "deliberation.exports.tasks.make_package": {"queue": "export"},
    "deliberation.exports.tasks.*_release*": {"queue": "export"},
    "deliberation.exports.tasks.*_packages*": {"queue": "export"},
    "deliberation.exports.tasks.*": {"queue": "record"},  # the one that nothing keeps waiting
    "deliberation.project.tasks.tick": {"queue": "record"},
    "deliberation.project.tasks.take_turn": {"queue": "export"},
    "deliberation.opinion.tasks.analyse": {"queue": "graph"},
    "deliberation.opinion.tasks.look_for_twins*": {"queue": "graph"},
}


def logging_in(form: str) -> dict[str, object]:
    """Everything goes to standard error, as lines or as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": "deliberation.project.logs.JsonLines"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "httpx2": {"level": "WARNING"},  # a line a call to the model tells nobody anything
            "django": {"handlers": [], "propagate": True},  # Django's own handlers mail and print
            "django.server": {"handlers": [], "propagate": True},
        },
    }
