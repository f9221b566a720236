"""Why a person has to look at an answer, in words a facilitator understands."""

from django.utils.translation import gettext_lazy

WHY = {
    "rate_limited": gettext_lazy("The model was too busy, again and again."),
    "timeout": gettext_lazy("The model did not reply in time, again and again."),
    "truncated": gettext_lazy("The model's reply was cut off."),
    "refused": gettext_lazy("The model declined to read this answer."),
    "invalid_schema": gettext_lazy("The model's reply was not in the shape it has to have."),
    "wrong_language": gettext_lazy("The model replied in another language than the answer's."),
    "over_budget": gettext_lazy("The budget for reading is used up."),
    "endpoint_down": gettext_lazy("The model could not be reached, again and again."),
    "unreadable_language": gettext_lazy("The offline reader does not know this language."),
    "too_long": gettext_lazy("The answer is longer than the model can read at once."),
    "quotes_not_found": gettext_lazy(
        "What was proposed rested on words that are not in the answer."
    ),
    "switched_off": gettext_lazy("Machine reading is switched off: a person writes the card."),
    "never_came_back": gettext_lazy("Its readings never came to an end."),
}
