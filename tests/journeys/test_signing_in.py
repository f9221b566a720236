"""Staff signs in: with an app, by a passkey of a virtual authenticator in Chromium, by whom the town trusts."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model

from deliberation.assemblies.actions.identities import join_identity
from deliberation.assemblies.identities import Identity
from deliberation.web.public.links import token_for
from tests._factors import code_now
from tests._issuer import CLIENT, SECRET, Issuer

WIDTHS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LANTERN = "a-lantern-in-the-hall"


@pytest.fixture
def ada(transactional_db):
    return get_user_model().objects.create_user("ada", password=LANTERN)


@pytest.fixture
def issuer(settings):
    made = Issuer()
    settings.OIDC_ISSUER, settings.OIDC_NAME = made.url, "the town"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    yield made
    made.close()


def with_device(somebody):
    """Give a browser an authenticator that knows its owner and keeps passkeys. Returns how to look into it."""
    devtools = somebody.context.new_cdp_session(somebody.page)
    devtools.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    one = {"authenticatorId": made["authenticatorId"]}

    def passkeys():
        return devtools.send("WebAuthn.getCredentials", one)["credentials"]

    def owner(there):
        devtools.send("WebAuthn.setUserVerified", {**one, "isUserVerified": there})

    return passkeys, owner


def by_password(somebody):
    somebody.go("/sign-in/")
    somebody.page.get_by_label("Username").fill("ada")
    somebody.page.get_by_label("Password").fill(LANTERN)
    somebody.press("Sign in")


def test_a_passkey_is_made_signs_in_alone_and_is_removed(visitor, ada):
    somebody = visitor(viewport={"width": 320, "height": 640})
    passkeys, owner = with_device(somebody)
    page = somebody.page
    by_password(somebody)
    somebody.follow("How I sign in")
    page.get_by_label("What you call it").fill("my phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    somebody.look("signing-in-codes")
    assert page.evaluate(WIDTHS) == 0
    (made,) = passkeys()
    assert made["isResidentCredential"]
    assert made["rpId"] == "localhost"
    somebody.press("I have kept them")
    assert somebody.sees("my phone")
    somebody.look("signing-in-passkeys")

    somebody.press("Sign out")
    somebody.go("/sign-in/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="How I sign in").wait_for()
    assert somebody.sees("Last used on")

    somebody.press("Sign out")
    by_password(somebody)
    page.get_by_role("heading", name="One more step").wait_for()
    somebody.look("signing-in-second")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Assemblies you run").wait_for()

    somebody.press("Sign out")
    somebody.go("/sign-in/")
    owner(False)  # somebody else holds the phone
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("No passkey was used").wait_for()
    owner(True)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Assemblies you run").wait_for()

    somebody.go("/account/")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("nothing but your first step").wait_for()
    somebody.press("Sign out")
    somebody.go("/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()  # the phone still has it
    page.get_by_text("did not fit here").wait_for()
    somebody.look()
    assert somebody.context.request.get("/run/").url.endswith("/sign-in/?next=/run/")


def test_an_app_is_set_up_from_its_picture_and_asked_for(visitor, ada):
    somebody = visitor(viewport={"width": 1280, "height": 900})
    page = somebody.page
    by_password(somebody)
    somebody.follow("How I sign in", "signing-in-how")
    somebody.follow("Set up an app", "signing-in-app")
    secret = page.locator("code").first.inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(code_now(0, secret))
    somebody.press("Set it up", "signing-in-codes-wide")
    with page.expect_download() as got:
        page.get_by_role("link", name="Save them as a file").click()
    assert got.value.suggested_filename == "recovery-codes.txt"
    codes = re.findall(r"^\d{4} \d{4}$", got.value.path().read_text(), re.MULTILINE)
    assert len(codes) == 10
    somebody.press("I have kept them", "signing-in-how-with-app")
    somebody.press("Sign out")
    by_password(somebody)
    page.get_by_role("textbox", name="Code").fill("000000")
    somebody.press("Go on", "signing-in-second-wrong")
    page.get_by_role("textbox", name="Code").fill(codes[0])
    somebody.press("Go on")
    assert urlsplit(page.url).path == "/run/"


def test_somebody_comes_in_by_whom_the_town_trusts_and_a_stranger_does_not(visitor, ada, issuer):
    somebody = visitor(viewport={"width": 320, "height": 640})
    somebody.go("/sign-in/", "signing-in-by")
    somebody.follow("Sign in with the town", "signing-in-uninvited")
    assert somebody.sees("nobody has invited you")
    assert somebody.page.evaluate(WIDTHS) == 0
    join_identity(ada, Identity(issuer.url, "s-1"))
    somebody.go("/sign-in/?next=/account/")
    somebody.follow("Sign in with the town")
    somebody.page.get_by_role("heading", name="How I sign in").wait_for()
    assert somebody.sees("Part the two")


@pytest.mark.parametrize(
    "how",
    [{"locale": "en"}, {"locale": "ar", "color_scheme": "dark"}],
    ids=["left to right", "right to left, dark"],
)
def test_every_page_of_signing_in_fits_a_small_phone_and_passes_axe(visitor, ada, issuer, how):
    somebody = visitor(viewport={"width": 320, "height": 640}, **how)
    page, here = somebody.page, f"signing-in-{how['locale']}"

    def seen(path, name):
        somebody.go(path, f"{here}-{name}")
        assert page.evaluate(WIDTHS) == 0, path

    seen("/sign-in/", "in")
    page.goto(f"/sign-in/{token_for(ada)}/")
    seen("/account/", "how")
    seen("/account/again/", "again")
    seen("/account/app/", "app")
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(code_now(0, secret))
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/account/codes/")
    seen("/account/codes/", "codes")
    seen("/account/", "how-with-app")
    seen("/account/again/", "again-by-code")
    page.context.clear_cookies()
    page.goto(f"/sign-in/{token_for(ada)}/")
    seen("/sign-in/second/", "second")
    page.locator("summary").click()
    somebody.look()
    page.context.clear_cookies()
    issuer.subject = "s-9"
    seen("/sign-in/by/", "uninvited")
