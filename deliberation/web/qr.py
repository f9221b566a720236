"""A link as a QR code: dark on white whatever the theme, with its quiet zone."""

import io

import segno
from django.http import HttpResponse

EDGE, DARK, LIGHT = 4, "#000", "#fff"


def picture(link: str) -> HttpResponse:
    """An SVG file of it."""
    drawn = io.BytesIO()
    _code(link).save(drawn, kind="svg", scale=8, border=EDGE, dark=DARK, light=LIGHT)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def inline(link: str) -> str:
    """The same as the address of an image, for pages that show many."""
    return _code(link).svg_data_uri(scale=4, border=EDGE, dark=DARK, light=LIGHT)


def _code(link: str) -> segno.QRCode:
    return segno.make(link, error="m", micro=False)
