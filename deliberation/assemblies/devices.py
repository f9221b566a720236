"""What kind of device a browser says it runs on, roughly, so that somebody knows theirs again. Free of Django."""

from dataclasses import dataclass

# The first that fits counts: most browsers also name those they want to be taken for.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
COMPUTERS = ("Windows NT", "Macintosh", "X11", "CrOS")


@dataclass(frozen=True, slots=True)
class Device:
    """`kind`: phone, tablet, computer or other. `browser`: its name, "" where it tells none we know."""

    kind: str
    browser: str


def device_of(told: str) -> Device:
    """What a browser's own words (the header User-Agent) come to. Nothing else of them is kept."""
    browser = next((name for mark, name in BROWSERS if mark in told), "")
    return Device(_kind(told), browser)


def _kind(told: str) -> str:
    if "iPad" in told or ("Android" in told and "Mobile" not in told):
        return "tablet"
    if "iPhone" in told or "Mobile" in told:
        return "phone"
    return "computer" if any(one in told for one in COMPUTERS) else "other"
