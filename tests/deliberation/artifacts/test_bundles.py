"""What everybody may take away of a document tells no more of its authors than the page: who wrote two quotes, or when, is not in it."""

import hashlib
import hmac
import json

import pytest

from deliberation.artifacts.actions import drafting
from deliberation.artifacts.bundles import bundle
from deliberation.assemblies.actions import taking_part
from deliberation.moderation.actions import cards as moderation
from deliberation.moderation.bench import Bench
from elicitation.extraction.reading import read
from elicitation.record.models import Entry
from elicitation.record.queries import binding, received_as
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published
from tests.conftest import Told, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def published(assembly, account, answered):
    """Two clauses, each on a quote of one and the same answer."""
    seal()
    found = read(answered.latest.pk, Told(card(), card("Quiet", "I want quiet nights.")))
    bench = Bench(assembly, account)
    version = drafting.draft(assembly, "charter", "Charter of the river", "en")
    for one in found:
        owned = taking_part.own_card(one, public=True)
        value = moderation.accept(bench, owned, owned.version).value
        drafting.write_clause(version, f"Clause on {one.title}.", [value])
    signed_and_published(version)
    seal()
    return version


def quotes(told):
    grounds = [g for c in told["document"]["clauses"] for g in c["grounds"]]
    return [q for g in grounds for made in g["cards"] for q in made["quotes"]]


def parts(told):
    """Every text and number of it, places in the tree aside."""
    if isinstance(told, dict):
        return {part for name in told if name != "path" for part in parts(told[name])}
    return {told}


def test_two_quotes_of_one_answer_have_nothing_in_common(published):
    one, two = quotes(bundle(published))
    assert parts(one) & parts(two) == {"quote.cited"}


def test_nothing_of_the_answer_or_when_it_came_is_in_a_bundle(published, answered):
    told, received = bundle(published), received_as(answered.pk)
    said = json.dumps(told)
    for part in (answered.pk, answered.latest.pk, answered.respondent_id, received.leaf.hex()):
        assert str(part) not in said
    assert received.index not in parts(quotes(told)[0]) | parts(quotes(told)[1])
    assert received.at.isoformat() not in said


def test_who_holds_the_receipt_can_tell_that_a_quote_is_theirs(published, answered):
    mine = received_as(answered.pk)
    for quote in quotes(bundle(published)):
        told = json.dumps([mine.leaf.hex(), quote["quote"]], separators=(",", ":")).encode()
        tie = hmac.new(mine.salt, told, hashlib.sha256).hexdigest()
        assert quote["cited"]["said"]["body"]["answer"] == tie


def test_taking_an_answer_back_erases_what_cites_it_and_no_longer_tells_whose_it_was(
    published, answered
):
    cited = Entry.objects.filter(kind="quote.cited")
    assert set(cited.values_list("about", flat=True)) == {answered.pk}
    taking_part.withdraw(answered)
    assert list(cited.values_list("body", "salt", "about")) == [(None, None, None)] * 2
    assert not binding([answered.pk]).exists()
    assert quotes(bundle(published)) == []
