"""Programs come in with a token: for one assembly, for what its scopes say, never for more than its account may do at that moment."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from deliberation.assemblies import tokens
from deliberation.assemblies.actions import setting_up
from deliberation.assemblies.actions.tokens import end_token, make_token
from deliberation.assemblies.errors import ScopeBeyondRole
from deliberation.assemblies.models import Role, Token
from elicitation.record.models import Entry
from tests._factors import with_app
from tests.accepting import accepted
from tests.deliberation.api._programs import program, shows
from tests.doors import Hall, addresses, closed

HERE = "/api/v1/assemblies/water/"
READINGS = f"{HERE}readings/"


@pytest.fixture
def token(assembly, account):
    return make_token(assembly, account, "Reader", ["read"], 30)


def test_a_program_reads_what_its_account_may_read(token):
    assert shows(token[1]).get(READINGS).json()["results"] == []
    assert Client().get(READINGS).status_code == 404


def test_the_database_and_the_record_hold_a_digest_alone(token):
    made, secret = token
    assert secret.startswith("gw_")
    assert len(secret) == 46
    assert made.digest == tokens.digest(secret)
    assert not [row for row in Token.objects.values() if secret in str(row)]
    assert not [entry for entry in Entry.objects.all() if secret in str(entry.body)]


@pytest.mark.parametrize(
    "shown", ["gw_nothing", "", "a b", "\u00e9", "gw_" + "0" * 43], ids=["made up", "none", "two", "no ascii", "long"]
)  # fmt: skip
def test_a_token_nobody_made_opens_nothing_not_even_what_everybody_may_read(assembly, shown):
    told = shows(shown).get(HERE)
    assert (told.status_code, told.json()["code"]) == (401, "authentication_failed")
    assert told["WWW-Authenticate"] == "Bearer"
    assert told["Content-Type"] == "application/problem+json"


def test_a_token_that_was_ended_or_is_over_opens_nothing(token):
    made, secret = token
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1), made_at=timezone.now() - timedelta(days=2))  # fmt: skip
    assert shows(secret).get(READINGS).status_code == 401
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert shows(secret).get(READINGS).status_code == 200
    end_token(made)
    assert shows(secret).get(READINGS).status_code == 401


def test_whoever_is_let_go_takes_their_tokens_with_them(token, assembly, account):
    Role.objects.filter(user=account).delete()
    assert shows(token[1]).get(HERE).status_code == 401


def test_a_closed_account_takes_its_tokens_with_it(token, account):
    account.is_active = False
    account.save()
    assert shows(token[1]).get(READINGS).status_code == 401


def test_a_token_is_worth_no_more_than_the_role_left(assembly, account):
    both = program(assembly, account, "read", "import")
    setting_up.give_role(assembly, account, Role.Kind.RESEARCHER)
    Role.objects.filter(user=account, kind=Role.Kind.FACILITATOR).delete()
    assert both.get(f"{HERE}imports/").status_code == 404
    assert both.get(READINGS).status_code == 404
    assert both.get(f"{HERE}values/").status_code == 200


@pytest.mark.parametrize(
    ("scope", "opens"),
    [
        ("read", {"readings/", "values/"}),
        ("import", {"imports/"}),
        ("moderate", {"cards/"}),
        ("export", {"packages/", "export/readings.jsonl"}),
    ],
)
def test_a_scope_opens_what_it_says_and_nothing_else(assembly, account, scope, opens):
    setting_up.give_role(assembly, account, Role.Kind.RESEARCHER)
    accepted(assembly, account)
    asked = program(assembly, account, scope)
    told = {}
    for path in ("readings/", "values/", "imports/", "cards/", "packages/", "export/readings.jsonl"):  # fmt: skip
        answer = closed(asked.get(HERE + path))
        told[path] = answer.status_code
    assert {path for path, status in told.items() if status == 200} == opens
    assert {status for path, status in told.items() if path not in opens} == {403}


def test_a_token_is_of_no_use_in_another_assembly_there_or_not(token, other_assembly):
    asked = shows(token[1])
    there, nowhere = (asked.get(f"/api/v1/assemblies/{slug}/") for slug in ("fire", "nope"))
    assert (there.status_code, there.json()["code"]) == (403, "out_of_scope")
    assert there.json() == nowhere.json()


def test_a_token_does_not_vote(assembly, account):
    every = program(assembly, account, "read", "import", "moderate")
    assert every.post(f"{HERE}weighing/").json()["code"] == "out_of_scope"


def test_nobody_makes_a_token_for_more_than_they_may(assembly, stranger):
    setting_up.give_role(assembly, stranger, Role.Kind.RESEARCHER)
    with pytest.raises(ScopeBeyondRole):
        make_token(assembly, stranger, "Moderator", ["read", "moderate"], 30)
    assert not Token.objects.exists()


def test_a_scope_nobody_knows_is_kept_out_by_the_database(token):
    with pytest.raises((IntegrityError, ValidationError)):
        Token.objects.update(scopes=["read", "everything"])


def test_the_day_it_was_used_is_noted_once(token):
    made, secret = token
    for _ in range(3):
        shows(secret).get(READINGS)
    made.refresh_from_db()
    assert made.last_used_on == timezone.now().date()
    assert Entry.objects.filter(kind="token.used").count() == 1


def test_where_staff_has_a_second_factor_a_token_of_an_account_without_one_opens_nothing(
    token, account, settings
):
    settings.STAFF_SECOND_FACTOR = True
    assert shows(token[1]).get(READINGS).status_code == 401
    with_app(account)
    assert shows(token[1]).get(READINGS).status_code == 200


def test_each_token_is_slowed_by_itself(assembly, account, settings):
    settings.LIMITS_TIMES = 3 / 2400
    busy, calm = program(assembly, account, "read"), program(assembly, account, "read")
    statuses = [busy.get(HERE).status_code for _ in range(4)]
    assert (statuses[0], statuses[-1]) == (200, 429)
    assert calm.get(HERE).status_code == 200


def test_a_token_needs_no_csrf_token_and_a_session_does(assembly, account, answered):
    _, secret = make_token(assembly, account, "Importer", ["import"], 30)
    by_token = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    assert by_token.post(f"{HERE}imports/").status_code == 400
    by_session = Client(enforce_csrf_checks=True)
    by_session.force_login(account)
    assert by_session.post(f"{HERE}imports/").status_code == 403


API = [(address, asks) for address, asks in addresses() if address.startswith("api:") and "slug" in asks]  # fmt: skip


def test_a_token_with_every_scope_reads_nothing_of_another_assembly_at_any_address(tmp_path, db):
    """By its name nothing, for its assembly is another's; by the ids of its things under one's own name nothing neither."""
    hall = Hall(tmp_path)
    setting_up.give_role(hall.water.assembly, hall.accounts["facilitator"], Role.Kind.RESEARCHER)
    accepted(hall.water.assembly, hall.accounts["facilitator"])
    asked = program(hall.water.assembly, hall.accounts["facilitator"], *Token.Scope.values)
    seen = []
    for address, asks in API:
        answer = closed(asked.get(hall.at(address, asks, "slug")))
        assert answer.status_code in (403, 405), address
        for name in set(asks) - {"slug", "table", "file", "number"}:
            there = closed(asked.get(hall.at(address, asks, name)))
            assert there.status_code in (403, 404, 405), (address, name)
            seen.append(address)
    assert len(seen) > 8


def test_a_token_of_who_runs_an_assembly_reads_it_as_its_pages_do_though_it_is_not_public(tmp_path, db):  # fmt: skip
    hall = Hall(tmp_path)
    assembly, account = hall.water.assembly, hall.accounts["facilitator"]
    assembly.is_public = False
    assembly.save()
    runs, studies = program(assembly, account, "read"), program(assembly, hall.accounts["researcher"], "read")  # fmt: skip
    clause = hall.water.ids["one_clause.clause_id"]
    paths = ("", "documents/", f"documents/{hall.water.ids['artifact_id']}/1/", f"clauses/{clause}/", "values/")  # fmt: skip
    assert [runs.get(HERE + path).status_code for path in paths] == [200] * 5
    assert [studies.get(HERE + path).status_code for path in paths] == [404] * 5
    assert [Client().get(HERE + path).status_code for path in paths] == [404] * 5
