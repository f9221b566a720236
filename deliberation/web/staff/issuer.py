"""Ask the issuer of OpenID Connect who somebody is, and believe only what it signed for us, for this browser, just now.

allauth brings discovery, state, PKCE and the exchange of the code. It does not look at the nonce, nor at the signature of a token it fetched itself; that is done here.
"""

import secrets
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException

from deliberation.assemblies.errors import NotVouchedFor
from deliberation.assemblies.identities import Identity

SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds two clocks may differ
LONGEST_SUBJECT = 191
UNFIT = (RequestException, OAuth2Error, jwt.PyJWTError, KeyError, ValueError, TypeError)
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the issuer vouched for, when they last proved themselves there (seconds since 1970; 0 where it did not say), and what was asked for."""

    identity: Identity
    proved_at: int
    asked: dict[str, Any]


class Issuer(OpenIDConnectOAuth2Adapter):
    """allauth's adapter for the one issuer of the settings."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, settings.OIDC_ISSUER)
        self.app = SocialApp(
            provider="openid_connect",
            provider_id=settings.OIDC_ISSUER,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={"server_url": settings.OIDC_ISSUER.rstrip("/") + WELL_KNOWN},
        )

    def get_provider(self) -> OpenIDConnectProvider:
        return OpenIDConnectProvider(self.request, app=self.app)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("staff:by_back"))

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer says of itself. Raises ValueError where it is another than we trust."""
        told: dict[str, Any] = super().openid_config
        if told["issuer"] != settings.OIDC_ISSUER:
            raise ValueError("The document of the issuer is another's.")
        return told

    @property
    def basic_auth(self) -> bool:
        """Whether our secret goes in a header: where the issuer does not say that it takes it in the form."""
        named = self.openid_config.get("token_endpoint_auth_methods_supported", [])
        return "client_secret_post" not in named

    def fetched(self, address: str, bearer: str = "") -> dict[str, Any]:
        """A JSON document of the issuer's. Raises RequestException, ValueError."""
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())


def way_to(request: HttpRequest, asked: dict[str, Any], **more: str) -> str:
    """Where the browser goes to prove who is in front of it. `asked` comes back with the answer. Raises NotVouchedFor."""
    issuer = Issuer(request)
    nonce, proof = secrets.token_urlsafe(24), generate_code_challenge()
    state = {"asked": asked, "nonce": nonce, "verifier": proof.pop("code_verifier")}
    try:
        client = issuer.get_client(request, issuer.app)
        client.state = statekit.stash_state(request, provider_id=settings.OIDC_ISSUER, state=state)
        params = {"nonce": nonce, **proof, **more}
        return str(client.get_redirect_url(issuer.authorize_url, ["openid", "profile"], params))
    except UNFIT as unfit:
        raise NotVouchedFor from unfit


def vouched_for(request: HttpRequest) -> Vouched:
    """Whom the issuer sent back with this request. Raises NotVouchedFor where anything about it does not fit."""
    state = statekit.unstash_state(
        request, provider_id=settings.OIDC_ISSUER, state_id=request.GET.get("state", "")
    )
    if state is None or "code" not in request.GET:
        raise NotVouchedFor
    issuer = Issuer(request)
    try:
        client = issuer.get_client(request, issuer.app)
        got = issuer.get_access_token_data(request, issuer.app, client, state["verifier"])
        said = believed(issuer, got["id_token"], state["nonce"])
        identity = Identity(settings.OIDC_ISSUER, said["sub"], name_of(issuer, said, got))
        return Vouched(identity, int(said.get("auth_time", 0)), state["asked"])
    except UNFIT as unfit:
        raise NotVouchedFor from unfit


def believed(issuer: Issuer, token: str, nonce: str) -> dict[str, Any]:
    """What an ID token says, if the issuer signed it, for us, in answer to this question (OpenID Connect Core, 3.1.3.7).

    Raises PyJWTError, KeyError, ValueError, RequestException.
    """
    header = jwt.get_unverified_header(token)
    keys = jwt.PyJWKSet.from_dict(issuer.fetched(issuer.openid_config["jwks_uri"])).keys
    fitting = [one for one in keys if "kid" not in header or one.key_id == header["kid"]]
    if len(fitting) != 1 or header["alg"] not in SIGNATURES:
        raise ValueError("No one key of the issuer's fits.")
    said = jwt.decode(
        token,
        fitting[0],
        algorithms=[header["alg"]],
        audience=settings.OIDC_CLIENT_ID,
        issuer=settings.OIDC_ISSUER,
        leeway=LEEWAY,
        options={"require": CLAIMS},
    )
    if not secrets.compare_digest(str(said["nonce"]), nonce):
        raise ValueError("It answers another question.")
    if said.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise ValueError("It was made for another.")
    if not 0 < len(said["sub"]) <= LONGEST_SUBJECT:
        raise ValueError("Its subject is none we can keep.")
    return dict(said)


def name_of(issuer: Issuer, said: dict[str, Any], got: dict[str, Any]) -> str:
    """What somebody calls themselves at the issuer, "" where it does not tell. Raises ValueError where it tells of somebody else."""
    if not (named(said) or "userinfo_endpoint" not in issuer.openid_config):
        told = issuer.fetched(issuer.profile_url, got["access_token"])
        if told["sub"] != said["sub"]:
            raise ValueError("It tells of somebody else.")
        return named(told)
    return named(said)


def named(said: dict[str, Any]) -> str:
    """The name in what an issuer says."""
    return str(said.get("preferred_username") or said.get("name") or "")
