"""100,000 answers backed up and restored by the commands an operator gives. Imported once the ground is ready."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from deliberation.assemblies.actions import taking_in
from deliberation.exports import archives, backing_up
from elicitation.interview.drafts import Words
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal
from tests.benchmarks.figures import Figure
from tests.conftest import found
from tests.deliberation.exports._second import second

ANSWERS, BATCH = 100_000, 1000
TEXT = "Number {}: when the river floods I look at who is left without a door to knock on, and I want quiet nights for them."


def figures() -> Iterator[Figure]:
    """Seconds of backup, restore and audit; bytes an answer; tables that differ."""
    sys.stdout.write(f"load at the start {os.getloadavg()}\n")
    prompt = found("water").inquiries.get().prompts.first()
    for first in range(0, ANSWERS, BATCH):
        numbers = range(first, first + BATCH)
        rows = [(uuid4(), Words(TEXT.format(n), "en", f"key-{n}")) for n in numbers]
        taking_in.take_in_sample(prompt, rows)
    seal()
    with tempfile.TemporaryDirectory() as name:
        yield from there_and_back(Path(name))


def there_and_back(folder: Path) -> Iterator[Figure]:
    """Into a file, and into another database."""
    file, head = folder / "one.backup", folder / "head"
    head.write_text(latest_head().note)
    start = time.monotonic()
    told = backing_up.back_up(file)
    made = time.monotonic() - start
    yield Figure("a backup of 100,000 answers", made, 150, "s", most=True)
    yield Figure("its size", file.stat().st_size / 2**20, 500, "MB", most=True)
    with second(folder) as other:
        start = time.monotonic()
        assert other.manage("restore", file, "--nothing-withdrawn").returncode == 0
        back = time.monotonic() - start
        start = time.monotonic()
        audited = other.manage("audit_record", "--head", head)
        checked = time.monotonic() - start
        yield Figure("restoring it", back, 150, "s", most=True)
        yield Figure("backup, restoring and audit", made + back + checked, 300, "s", most=True)
        yield Figure("the audit of the restored record passes", float(audited.returncode == 0), 1)
        assert other.manage("backup", folder / "two.backup").returncode == 0
        with archives.opened(folder / "two.backup") as archive:
            there = archive.manifest.tables
        differ = {table for table in there if there[table] != told.tables[table]}
        yield Figure("tables with other rows, but what restoring itself did", len(differ - {"extraction_readingswitch", "extraction_readingrequest", "record_entry"}), 0, most=True)  # fmt: skip
