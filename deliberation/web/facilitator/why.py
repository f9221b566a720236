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

# Why a proposal was not kept.
REFUSED = {
    "title_or_context_unfit": gettext_lazy("its title or situation is empty or too long"),
    "title_too_long": gettext_lazy("its title is longer than six words"),
    "too_many_policies": gettext_lazy("it lists more than seven things"),
    "no_policy_with_a_quote": gettext_lazy("nothing in it rests on words of the answer"),
    "policy_unfit": gettext_lazy("empty or too long"),
    "no_quote": gettext_lazy("no words of the answer were given for it"),
    "quote_not_found": gettext_lazy("its words do not stand in the answer"),
    "goal": gettext_lazy("a goal, not yet a value"),
    "rule": gettext_lazy("a rule, not yet a value"),
    "mood": gettext_lazy("a feeling, not yet a value"),
    "vague": gettext_lazy("too vague to be a value"),
    "party": gettext_lazy("the position of a camp, not a value"),
    "approval": gettext_lazy("only about being accepted by others"),
    "instrumental": gettext_lazy("only a means to something else"),
}

# Why a webhook was not taken.
UNTOLD = {
    "address_refused": gettext_lazy(
        "The address leads to a network of somebody's own, or is none that is sent to."
    ),
    "certificate_refused": gettext_lazy(
        "Nothing was sent: the certificate of the address is over, is of another name, or of nobody trusted here."
    ),
    "not_reached": gettext_lazy("Nobody answered at the address."),
    "not_taken": gettext_lazy("The address answered, and did not take it."),
}
