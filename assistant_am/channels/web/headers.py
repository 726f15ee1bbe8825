"""Security headers of everything that the channel serves."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from sanic.response import BaseHTTPResponse

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)

# An SVG picture styles itself; opened alone, it may do nothing more.
PICTURE = f"{_NOTHING}; style-src 'unsafe-inline'; sandbox"
FRAMED = "voir la politique"
"""In the place of X-Frame-Options: the policy says who may frame."""
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": _NOTHING,
    "Cache-Control": "no-store",
}


def add_security_headers(response: BaseHTTPResponse) -> None:
    """What a route has set itself stays."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if response.headers["X-Frame-Options"] == FRAMED:
        # It knows no list of sites; browsers that know one go by the policy.
        del response.headers["X-Frame-Options"]


def framed_by(origins: Iterable[str]) -> str:
    """Policy of the page that partners' pages may show in a frame."""
    allowed = " ".join(("'self'", *sorted(origins)))
    policy = PAGE.replace("frame-ancestors 'self'", f"frame-ancestors {allowed}")
    return f"{policy}; manifest-src 'self'"


def self_styled(html: str) -> str:
    """Policy of a page without script, whose style sheets stand in it: each by its hash."""
    hashes = {b64encode(sha256(css.encode()).digest()).decode() for css in _STYLE.findall(html)}
    sources = " ".join(f"'sha256-{each}'" for each in sorted(hashes)) or "'none'"
    return f"{_NOTHING}; style-src {sources}"
