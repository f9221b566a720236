"""There and back: a browser goes to the issuer, and comes back with its answer."""

import requests
from django.contrib.auth import get_user_model

BY, BACK = "/sign-in/by/", "/sign-in/by/back/"


def back_from(client, where=BY):
    """Where the issuer sends the browser back to, once it has been there."""
    there = client.get(where)
    assert there.status_code == 302
    answer = requests.get(there["Location"], allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def through(client, where=BY):
    """There and back."""
    return client.get(back_from(client, where))


def signed_in(client):
    return "_auth_user_id" in client.session


def people():
    return get_user_model().objects.count()
