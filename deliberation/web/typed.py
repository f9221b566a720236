"""What was typed, to be given back one press from being sent: every value of every field, and no password."""

from collections.abc import Collection, Mapping, Sequence

from django.http import QueryDict

CSRF_FIELD = "csrfmiddlewaretoken"
Fields = Sequence[tuple[str, str]]


def fields_of(sent: QueryDict, but: Collection[str] = ()) -> Fields:
    """(name, value) of all that was sent, in its order; a name with many values comes as often. `but`: names that are a page's own."""
    told = [n for n in sent if n not in but and n != CSRF_FIELD and "password" not in n]
    return [(name, str(one)) for name in told for one in sent.getlist(name)]


def laid_out(fields: Fields) -> Mapping[str, object]:
    """For a template: the words apart from what is carried along unseen."""
    texts = [value for name, value in fields if name == "text"]
    unseen = [(name, value) for name, value in fields if name != "text"]
    return {"fields": unseen, "text": texts[0] if texts else None}
