"""Where words are still to be found: in every table, in Redis, in folders of files, and in what is packed into them."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import redis
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql
from pypdf import PdfReader

NOT_OURS = {"django_session", "django_content_type", "django_migrations"}


def tables_with(words):
    """The tables some row of which holds these words."""
    told = json.dumps(words)[1:-1]  # as JSON columns escape them
    found = set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in NOT_OURS:
            continue
        asked = sql.SQL(
            "SELECT count(*) FROM {} t WHERE strpos(t::text, %s) > 0 OR strpos(t::text, %s) > 0"
        )
        with connection.cursor() as cursor:
            cursor.execute(asked.format(sql.Identifier(table)), [words, told])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def redis_keys_with(words):
    """The keys of Redis some value of which holds these words, as they are or as JSON escapes them."""
    server = redis.Redis.from_url(settings.REDIS_URL)
    read = {
        b"string": lambda key: [server.get(key) or b""],
        b"list": lambda key: server.lrange(key, 0, -1),
        b"set": server.smembers,
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"hash": lambda key: [part for pair in server.hgetall(key).items() for part in pair],
    }
    return {
        key
        for key in server.scan_iter()
        if any(holds(value, words) for value in read[server.type(key)](key))
    }


def files_with(folder, words):
    """The files under a folder that hold these words, archives opened."""
    return {
        str(path.relative_to(folder))
        for path in Path(folder).rglob("*")
        if path.is_file() and holds(path.read_bytes(), words)
    }


def holds(content, words):
    """Whether bytes hold these words: as text, as JSON escapes them, in a PDF, or in a file of an archive (DOCX is one)."""
    if content.startswith(b"%PDF"):
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        return words in " ".join(text.split())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return any(holds(packed.read(name), words) for name in packed.namelist())
    return words.encode() in content or json.dumps(words)[1:-1].encode() in content
