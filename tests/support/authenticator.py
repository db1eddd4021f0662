"""A device with passkeys, in software: it makes and signs what a browser would send, and lies where a test says so."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, BRINGS_KEY = 0x01, 0x04, 0x40
NOBODY: Final = bytes(16)
"""AAGUID of a device that does not say what it is."""


@dataclass
class Device:
    """One passkey of a device, made for the origin and host at which it was asked for."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    holder: bytes = b""
    uses: int = 0
    verifies: bool = True

    def make(self, options: dict[str, Any], *, origin: str, host: str = "") -> str:
        """The answer to ``navigator.credentials.create``."""
        self.holder = base64url_to_bytes(options["user"]["id"])
        data = self._data(host or options["rp"]["id"], BRINGS_KEY) + self._key()
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", options, origin)
        return self._written({"clientDataJSON": client, "attestationObject": attested})

    def answer(self, options: dict[str, Any], *, origin: str, host: str = "", kind: str = "webauthn.get") -> str:
        """The answer to ``navigator.credentials.get``; the count of uses goes up by one."""
        self.uses += 1
        client, data = _client(kind, options, origin), self._data(host or options["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._written(
            {"clientDataJSON": client, "authenticatorData": data, "signature": signature, "userHandle": self.holder}
        )

    def _data(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return NOBODY + struct.pack(">H", len(self.credential)) + self.credential + cbor2.dumps(cose)

    def _written(self, response: dict[str, bytes]) -> str:
        own = bytes_to_base64url(self.credential)
        said = {name: bytes_to_base64url(value) for name, value in response.items() if value}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": said})


def _client(kind: str, options: dict[str, Any], origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": options["challenge"], "origin": origin}).encode()
