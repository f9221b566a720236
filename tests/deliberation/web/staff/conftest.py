"""An issuer that vouches for staff, over real HTTP."""

import pytest

from deliberation.assemblies.actions.identities import join_identity
from deliberation.assemblies.identities import Identity
from tests._issuer import CLIENT, SECRET, Issuer


@pytest.fixture(scope="session")
def one_issuer():
    made = Issuer()
    yield made
    made.close()


@pytest.fixture
def issuer(one_issuer, settings):
    one_issuer.subject, one_issuer.claims = "s-1", {"preferred_username": "bo.berg"}
    for told in (one_issuer.wrong, one_issuer.tells, one_issuer.told, one_issuer.signs):
        told.clear()
    settings.OIDC_ISSUER, settings.OIDC_NAME = one_issuer.url, "the town"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    return one_issuer


@pytest.fixture
def joined(account, issuer):
    join_identity(account, Identity(issuer.url, "s-1"))
    return account
