"""Codes as an authenticator app makes them (RFC 6238), written from the RFC and not from what we use; and accounts that have one."""

import base64
import hmac
import struct
import time

from deliberation.assemblies.actions import second_factors

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(counter, secret=SEED):
    """The code of the half minute `counter`."""
    key = base64.b32decode(secret)
    mac = hmac.new(key, struct.pack(">Q", counter), "sha1").digest()
    start = mac[-1] & 15
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number)[-6:].zfill(6)


def code_now(ahead=0, secret=SEED):
    """The code of now, or of so many half minutes ahead."""
    return code_at(int(time.time()) // 30 + ahead, secret)


def with_app(account):
    """Set an app up for an account, as if long ago, so that the code of now is still free."""
    second_factors.set_up_app(account, SEED, code_now())
    app = account.authenticator_set.get(type="totp")
    app.data["last"] = 0
    app.save()
    return account


def codes_of(account):
    """The recovery codes of an account that are left."""
    held = account.authenticator_set.get(type="recovery_codes")
    return held.wrap().get_unused_codes()
