"""The manifest of an export carries the head the record stood under."""

import pytest

from deliberation.exports import writing
from elicitation.record.queries import latest_head
from elicitation.record.sealing import seal


@pytest.mark.django_db
def test_the_manifest_carries_the_newest_head_as_signed(assembly, answered, tmp_path):
    assert writing.write(assembly, tmp_path)["record_head"] is None
    seal()
    told = writing.write(assembly, tmp_path)["record_head"]
    head = latest_head()
    assert (told["size"], told["note"], told["key"]) == (head.size, head.note, head.key)
