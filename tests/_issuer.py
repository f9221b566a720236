"""An issuer of OpenID Connect on this machine: it speaks the protocol over HTTP, signs with RS256, and can be told to go wrong in one way."""

import base64
import json
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "groundwork", "kept-by-the-two-of-us"


class Issuer:
    """`subject`: who is signed in there. `wrong`: what differs in the ID token; `tells`: in the document about itself."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.subject, self.claims = "s-1", {"preferred_username": "bo.berg"}
        self.wrong, self.tells, self.told, self.signs = {}, {}, {}, {}
        self.codes, self.asked = {}, []
        handler = type("Handler", (Handler,), {"issuer": self})
        self.server = ThreadingHTTPServer(("localhost", 0), handler)
        self.url = f"http://localhost:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def about(self):
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks", "userinfo_endpoint": "userinfo"}  # fmt: skip
        return {
            "issuer": self.url,
            **{name: f"{self.url}/{end}" for name, end in ends.items()},
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.tells,
        }

    def jwks(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked):
        """Back to the site with a code; whoever has this browser is signed in here."""
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent):
        """The ID token of a code, once, for who holds secret and verifier; None else."""
        asked = self.codes.pop(sent.get("code"), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        challenge = sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        said = {
            "iss": self.url, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300, "auth_time": now,
            "nonce": asked["nonce"], **self.claims, **self.wrong,
        }  # fmt: skip
        said = {name: one for name, one in said.items() if one is not None}
        how = {"key": self.key, "algorithm": "RS256", "headers": {"kid": "k1"}, **self.signs}
        return {"access_token": "a", "token_type": "Bearer", "id_token": jwt.encode(said, **how)}

    def userinfo(self):
        return {
            "sub": self.subject,
            "name": "Bo Berg",
            "email": "ada@example.org",
            "email_verified": True,
            **self.told,
        }


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", self.issuer.authorize(asked))
            self.send_header("Content-Length", "0")
            return self.end_headers()
        pages = {"/.well-known/openid-configuration": self.issuer.about, "/jwks": self.issuer.jwks, "/userinfo": self.issuer.userinfo}  # fmt: skip
        return self.answer(pages[parts.path]()) if parts.path in pages else self.answer(None)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        scheme, _, told = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            sent["client_id"], _, sent["client_secret"] = (
                base64.b64decode(told).decode().partition(":")
            )
        self.answer(self.issuer.token(sent))

    def answer(self, told):
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        self.send_response(200 if told else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
