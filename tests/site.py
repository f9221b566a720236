"""The real site: gunicorn on the tests' own database, and a browser without a screen."""

import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import NamedTemporaryFile

from deliberation.project.servers import die_with_parent, end, free_port
from tests.workers import ROOT, environment, until


class Visitor:
    """Somebody with cookies. Answers are (status, text, headers)."""

    def __init__(self, base):
        self.base, self.jar = base, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path, data=None, **headers):
        if data is not None:
            data = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": self.token()}).encode()
        named = {name.replace("_", "-"): told for name, told in headers.items()}
        request = urllib.request.Request(self.base + path, data, named)
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers

    def token(self):
        return next((c.value for c in self.jar if c.name == "csrftoken"), "")


@contextmanager
def site(workers=1, **more):
    """The site as production runs it, with a few settings more; `.log` is what it logs."""
    port = free_port()
    with NamedTemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "deliberation.project.wsgi", "-b", f"127.0.0.1:{port}",
             "-k", "gthread", "--threads", "4", "--workers", str(workers), "--no-control-socket"],
            cwd=ROOT, env=environment(DJANGO_SETTINGS_MODULE="deliberation.project.settings", **more),
            stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
        process.log, process.base = Path(log.name), f"http://127.0.0.1:{port}"
        try:
            until(lambda: _answers(process.base))
            yield process
        except AssertionError as failed:
            raise AssertionError(f"{failed}\n{process.log.read_text()[-3000:]}") from failed
        finally:
            end(process)


def _answers(base):
    try:
        return Visitor(base).ask("/health/live")[0] == 200
    except OSError:
        return False
