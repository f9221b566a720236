"""Which network somebody asks from, as far as our own proxies tell. Free of Django."""

from ipaddress import ip_address, ip_network


def network(forwarded: str, peer: str, proxies: int) -> str:
    """The address the outermost of `proxies` saw, by what they wrote into X-Forwarded-For, else the peer's; of IPv6 the network a household or an office has.

    "" where it is none.
    """
    via = [one for one in forwarded.split(",") if one.strip()]
    told = via[-proxies] if 0 < proxies <= len(via) else peer
    try:
        address = ip_address(told.strip())
    except ValueError:
        return ""
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
