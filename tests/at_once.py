"""The same sent at the same moment, over eight connections."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connection
from django.test import Client

from elicitation.record.models import Entry

AT_ONCE = 8


def key():
    return str(uuid4())


def all_at_once(client, path, fields, **more):
    """Where the answers of eight connections lead that send the same at the same moment; one that leads nowhere is told by its status."""

    def one(_):
        mine = Client(**more)
        mine.cookies.update(client.cookies)
        try:
            answer = mine.post(path, fields)
            return answer.headers.get("Location", answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(one, range(AT_ONCE)))


def entries(kind):
    return Entry.objects.filter(kind=kind).count()
