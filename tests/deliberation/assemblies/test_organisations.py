"""Organisations hold assemblies and staff: what the database itself holds to, who stays, and what moves with an assembly."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from deliberation.assemblies import gates, terminal
from deliberation.assemblies.actions import organising, setting_up, staffing
from deliberation.assemblies.errors import (
    LastSteward,
    NobodyElseRuns,
    NotHere,
    OrganisationNameTaken,
)
from deliberation.assemblies.models import (
    Assembly,
    Colleague,
    Organisation,
    Role,
    StaffInvitation,
)
from deliberation.assemblies.places import places_of
from elicitation.errors import DomainError
from elicitation.record.models import Entry
from tests.conftest import found
from tests.deliberation.exports._second import second
from tests.furnished import an_account
from tests.houses import house

pytestmark = pytest.mark.django_db(transaction=True)
STEWARD, MEMBER = Colleague.Kind.STEWARD, Colleague.Kind.MEMBER


@pytest.fixture
def river(assembly):
    return assembly.organisation


@pytest.fixture
def sky():
    return house("sky")


def kinds(organisation):
    return dict(organisation.colleagues.values_list("user__username", "kind"))


def test_the_database_knows_no_role_without_a_place_in_the_organisation(assembly, river, stranger):
    with pytest.raises(IntegrityError, match="role_of_a_colleague"), transaction.atomic():
        Role.objects.create(assembly=assembly, user=stranger, kind="researcher", organisation=river)
    with pytest.raises(IntegrityError, match="role_of_a_colleague"), transaction.atomic():
        river.colleagues.all().delete()
    assert assembly.roles.count() == 2


def test_the_database_knows_no_role_or_invitation_between_organisations(
    assembly, river, sky, stranger
):
    organising.give_place(sky, stranger, STEWARD)
    of_another = "in_an_assembly_of_the_organisation"
    with pytest.raises(IntegrityError, match=of_another), transaction.atomic():
        Role.objects.create(assembly=assembly, user=stranger, kind="researcher", organisation=sky)
    invited = staffing.invite_colleague(assembly, "Bo", Role.Kind.RESEARCHER)
    of_another = "to_an_assembly_of_the_organisation"
    with pytest.raises(IntegrityError, match=of_another), transaction.atomic():
        StaffInvitation.objects.filter(pk=invited.pk).update(organisation=sky)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assembly.objects.filter(pk=assembly.pk).update(organisation=sky)
    with pytest.raises(IntegrityError, match="to_a_role_or_a_place"), transaction.atomic():
        StaffInvitation.objects.filter(pk=invited.pk).update(kind="steward")


def test_whoever_takes_up_a_role_becomes_a_member_and_a_place_only_rises(assembly, river, stranger):
    staffing.take_up(staffing.invite_colleague(assembly, "Eve", Role.Kind.RESEARCHER), stranger)
    assert kinds(river)[stranger.username] == "member"
    staffing.take_up(staffing.invite_into(river, "Eve", STEWARD), stranger)
    staffing.take_up(staffing.invite_into(river, "Eve", MEMBER), stranger)
    assert kinds(river)[stranger.username] == "steward"
    assert assembly.roles.filter(user=stranger).count() == 1


def test_letting_go_ends_every_role_there_and_none_elsewhere(assembly, river, sky, account):
    bo = an_account("bo")
    second, elsewhere = found("fire", bo, river), found("air", bo, sky)
    setting_up.give_role(assembly, bo, Role.Kind.FACILITATOR)
    place = river.colleagues.get(user=bo)
    with pytest.raises(NobodyElseRuns) as refused:
        organising.end_place(river, place.pk)
    assert "Assembly fire" in str(refused.value)
    assert "water" not in str(refused.value)
    assert bo.roles.filter(organisation=river).count() == 3
    setting_up.give_role(second, account, Role.Kind.FACILITATOR)
    organising.end_place(river, place.pk)
    assert set(bo.roles.values_list("assembly__slug", flat=True)) == {"air"}
    assert bo.username not in kinds(river)
    with pytest.raises(NotHere):
        gates.facilitator("fire", bo)
    assert gates.facilitator("air", bo) == elsewhere
    assert not any("bo" in str(entry.body.values()) for entry in Entry.objects.all())


def test_nobody_is_let_go_from_where_they_do_not_belong(river, sky, account):
    place = river.colleagues.get(user=account)
    with pytest.raises(NotHere):
        organising.end_place(sky, place.pk)
    assert account.username in kinds(river)


def test_two_stewards_who_let_each_other_go_at_once_leave_one(sky):
    places = [organising.give_place(sky, an_account(name), STEWARD) for name in ("bo", "cy")]
    ready = Barrier(2)

    def let_go(place):
        ready.wait()
        try:
            organising.end_place(sky, place.pk)
        except DomainError as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(let_go, places)) == {None, LastSteward}
    assert list(kinds(sky).values()) == ["steward"]


def test_a_steward_whose_account_is_closed_does_not_count_as_one(sky):
    bo, cy = (organising.give_place(sky, an_account(name), STEWARD) for name in ("bo", "cy"))
    cy.user.is_active = False
    cy.user.save()
    with pytest.raises(LastSteward):
        organising.end_place(sky, bo.pk)
    organising.end_place(sky, cy.pk)


def test_an_assembly_is_taken_over_with_its_people_and_links(assembly, river, sky, account):
    found("fire", an_account("bo"), river)
    invited = staffing.invite_colleague(assembly, "Cy", Role.Kind.RESEARCHER)
    organising.take_over(sky, assembly)
    assert kinds(sky) == {account.username: "member"}
    assert set(kinds(river)) == {account.username, "bo"}
    assert gates.facilitator("water", account) == assembly
    staffing.take_up(StaffInvitation.objects.get(pk=invited.pk), cy := an_account("cy"))
    assert kinds(sky)["cy"] == "member"
    assert [place.organisation.slug for place in places_of(cy)] == ["sky"]


def test_a_short_name_is_had_once(sky):
    with pytest.raises(OrganisationNameTaken):
        organising.found_organisation("sky", "Another")


def test_an_operator_founds_an_organisation_names_its_steward_and_what_it_holds(
    assembly, account, capsys
):
    ask = ("found_organisation", "city", "--name", "City of Lights")
    call_command(*ask)
    assert "no steward yet" in capsys.readouterr().out
    call_command("found_organisation", "city", "--steward", account.username, "--holding", "water")
    city = Organisation.objects.get(slug="city")
    assert (city.name, kinds(city)) == ("City of Lights", {account.username: "steward"})
    assert city.assemblies.get() == assembly
    for wrong in (("city", "--steward", "nobody"), ("city", "--holding", "air"), ("a b",)):
        with pytest.raises(CommandError):
            call_command("found_organisation", *wrong)
    assert Organisation.objects.count() == 2


def test_commands_know_which_organisation_where_there_is_one_and_ask_where_there_are_more(capsys):
    call_command("load_sample", verbosity=0)
    call_command("sign_in_link", "ada", "--create")
    (first,) = Organisation.objects.exclude(slug="sample")
    assert kinds(first) == {"ada": "steward"}
    call_command("found_assembly", "square", "--title", "Square", "--facilitator", "ada")
    assert first.assemblies.get().slug == "square"
    house("sky")
    for ask in (
        ("sign_in_link", "bo", "--create"),
        ("found_assembly", "park", "--title", "Park"),
        ("found_assembly", "park", "--title", "Park", "--organisation", "sea"),
    ):
        with pytest.raises(CommandError, match="first, sky"):
            call_command(*ask)
    call_command("sign_in_link", "bo", "--create", "--organisation", "sky")
    assert kinds(terminal.organisation("sky")) == {"bo": "steward"}


def test_the_samples_facilitator_looks_after_the_sample_alone(assembly, capsys):
    call_command("load_sample", verbosity=0)
    call_command("demo_links")
    call_command("demo_links")
    sample = Organisation.objects.get(slug="sample")
    assert kinds(sample) == {
        "sample-facilitator": "steward",
        "sample-colleague": "member",
        "sample-researcher": "member",
    }
    assert "sample-facilitator" not in kinds(assembly.organisation)


BEFORE = [("assemblies", "0012_by_helper")]


@pytest.fixture
def moved_back():
    """Let the tables be as they were; afterwards they are as they should be, whatever happens."""
    MigrationExecutor(connection).migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    call_command("migrate", verbosity=0)


def test_what_is_there_is_gathered_and_nobody_sees_or_may_do_more_than_before(request):
    ada, bo = an_account("ada"), an_account("bo")
    sample = found("sample", an_account("tom"))
    for slug, runs in (("water", ada), ("fire", bo)):
        setting_up.give_role(found(slug, runs), ada, Role.Kind.FACILITATOR)
    Assembly.objects.filter(pk=sample.pk).update(is_sample=True)
    staffing.invite_colleague(Assembly.objects.get(slug="fire"), "Cy", Role.Kind.RESEARCHER)
    staffing.invite_into(sample.organisation, "Di", MEMBER)
    before = set(Role.objects.values_list("assembly__slug", "user__username", "kind"))
    request.getfixturevalue("moved_back")
    an_account("eve")
    call_command("migrate", verbosity=0)
    samples, own = Organisation.objects.order_by("made_at")
    assert (samples.slug, kinds(samples)) == ("sample", {"tom": "steward"})
    assert kinds(own) == {"ada": "steward", "bo": "member", "eve": "member"}
    assert set(own.assemblies.values_list("slug", flat=True)) == {"water", "fire"}
    assert set(Role.objects.values_list("assembly__slug", "user__username", "kind")) == before
    assert own.staff_invitations.get().name == "Cy"


def test_a_site_with_nothing_on_it_has_no_organisation_yet(tmp_path):
    with second(tmp_path) as new:
        assert new.ask("SELECT count(*) FROM assemblies_organisation") == [0]
