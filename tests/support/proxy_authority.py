"""A certificate authority of a test's own, made with the library that mitmproxy brings."""

from __future__ import annotations

import datetime as dt
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGIN = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


@dataclass
class Authority:
    """Lies in `folder`; `file` is what is to be trusted. It does not say for what its key is, like many of its kind."""

    folder: Path
    _key: Any = field(init=False)
    _name: Any = field(init=False)

    def __post_init__(self) -> None:
        from cryptography import x509
        from cryptography.x509.oid import NameOID

        self.folder.mkdir(exist_ok=True)
        self._key = _key()
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority")])
        own = x509.BasicConstraints(ca=True, path_length=0)
        self.file.write_bytes(self._signed(self._key, self._name, own))

    @property
    def file(self) -> Path:
        """The certificate of the authority (PEM)."""
        return self.folder / "authority.pem"

    def server(self, host: str = "localhost", *protocols: str) -> ssl.SSLContext:
        """Return what a server is that calls itself `host`, and offers these protocols."""
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
        from cryptography.x509.oid import NameOID

        key = _key()
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file = self.folder / f"{host}.pem"
        file.write_bytes(pem + self._signed(key, name, names))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        if protocols:
            context.set_alpn_protocols(protocols)
        return context

    def _signed(self, key: Any, name: Any, extension: Any) -> bytes:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization

        key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        made = (
            x509.CertificateBuilder(self._name, name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(END)
            .add_extension(extension, critical=name == self._name)
            .add_extension(key_id, critical=False)
            .add_extension(issuer, critical=False)
        )
        return made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())
