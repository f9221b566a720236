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
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "deliberation.api.errors.problem",
    "DEFAULT_THROTTLE_CLASSES": ["deliberation.api.throttles.Pace"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Groundwork",
    "DESCRIPTION": "Read what an assembly found, and take the data away.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "deliberation.api.schema.with_problems",
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
    "deliberation.exports.tasks.*_packages*": {"queue": "export"},
    "deliberation.exports.tasks.*": {"queue": "record"},  # the one that nothing keeps waiting
    "deliberation.project.tasks.tick": {"queue": "record"},
    "deliberation.project.tasks.take_turn": {"queue": "export"},
    "deliberation.opinion.tasks.analyse": {"queue": "graph"},
    "deliberation.opinion.tasks.look_for_twins*": {"queue": "graph"},
}
