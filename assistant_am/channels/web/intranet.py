"""Tokens of an intranet (JWT): whose conversation it is."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from assistant_am.channels.web.errors import WebError
from assistant_am.channels.web.requests import LONGEST_TOKEN
from assistant_am.runtime.secrets import derived
from assistant_am.runtime.settings import JwtSettings, WrongSetting

_INTRANET = "intranet"
_LEEWAY_SECONDS = 30
_LONGEST_SUBJECT = 256
_SMALLEST_RSA_BITS = 2048
_DEMO_SECONDS = 600


@dataclass(frozen=True)
class _Verifier:
    """One key, with the one algorithm that it may be used with."""

    name: str
    key: Any
    algorithm: str
    audience: str
    issuer: str | None = None

    def claims(self, token: str) -> dict[str, Any]:
        """Raises jwt.InvalidTokenError."""
        return dict(
            jwt.decode(
                token,
                self.key,
                algorithms=[self.algorithm],
                audience=self.audience,
                issuer=self.issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "sub", "aud"]},
            )
        )


class Intranet:
    """Reads the Authorization header. Without key of the settings, only demonstration tokens."""

    def __init__(self, settings: JwtSettings, secret: bytes, *, demo: bool = False) -> None:
        self._key = derived(secret, "intranet")
        self._verifiers = []
        if settings.key or settings.public_key:
            self._verifiers.append(_configured(settings))
        self._demo = _Verifier("demo", secrets.token_bytes(32), "HS256", "demo") if demo else None
        if self._demo:
            self._verifiers.append(self._demo)

    def conversation(self, header: str) -> str:
        """The conversation of the token's subject: a hash, from which nobody reads the subject.

        Raises jeton_invalide, or jeton_expire when a new token is all that is needed.
        """
        verifier, claims = self._verified(header)
        return self._name(verifier.name, str(claims.get("iss", "")), claims["sub"])

    def claims(self, header: str) -> dict[str, Any]:
        """What the token says, checked; raises as `conversation` does."""
        return self._verified(header)[1]

    def _verified(self, header: str) -> tuple[_Verifier, dict[str, Any]]:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
            raise WebError("jeton_invalide")
        expired = False
        for verifier in self._verifiers:
            try:
                claims = verifier.claims(token.strip())
                _require_subject(claims)
                return verifier, claims
            except jwt.ExpiredSignatureError:
                expired = True
            # PyJWT lets a ValueError through for some malformed tokens.
            except (jwt.InvalidTokenError, ValueError):
                continue
        raise WebError("jeton_expire" if expired else "jeton_invalide")

    def demo_token(self) -> str:
        """A token of a made-up person, for the demonstration page; raises introuvable."""
        if self._demo is None:
            raise WebError(
                "introuvable",
                "La démonstration de l'intranet est éteinte : démarrez l'assistant avec AM_DEMO=1.",
            )
        claims = {
            "sub": secrets.token_hex(8),
            "aud": self._demo.audience,
            "exp": int(time.time()) + _DEMO_SECONDS,
        }
        return jwt.encode(claims, self._demo.key, algorithm=self._demo.algorithm)

    def conversation_of(self, issuer: str, subject: str) -> str:
        """The conversation of somebody of the intranet, as the claims `iss` and `sub` name them."""
        return self._name(_INTRANET, issuer, subject)

    def _name(self, *parts: str) -> str:
        digest = hmac.new(self._key, "\0".join(parts).encode(), sha256)
        return f"intranet-{digest.hexdigest()}"


def _require_subject(claims: dict[str, Any]) -> None:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise jwt.InvalidTokenError


def _configured(settings: JwtSettings) -> _Verifier:
    if settings.key:
        key, algorithm = settings.key, "HS256"
    else:
        key, algorithm = _public(settings.public_key or "")
    return _Verifier(_INTRANET, key, algorithm, settings.audience, settings.issuer)


def _public(pem: str) -> tuple[Any, str]:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST_RSA_BITS:
        return key, "RS256"
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key, "ES256"
    raise WrongSetting(
        "AM_JWT_CLE_PUBLIQUE : il faut une clé publique PEM, RSA d'au moins "
        f"{_SMALLEST_RSA_BITS} bits ou EC P-256."
    )
