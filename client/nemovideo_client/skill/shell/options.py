"""All options of curl: what each is for, and whether a value comes with it.

A value that is not taken for one would be read as a URL. From `curl --help all` of 7.88, and the release
notes up to 8.16.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Option:
    """What an option is for, and whether it takes a value; no purpose: it is not for skills.

    Not for skills are other files, hosts, proxies, protocols and identities.
    """

    purpose: str = ""
    valued: bool = False


_FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "quiet": "-s --silent -S --show-error -f --fail --fail-with-body --fail-early -v --verbose -i --include "
        "--show-headers -# --progress-bar --no-progress-meter -L --location -4 --ipv4 -6 --ipv6 -0 --http1.0 --http1.1 "
        "--http2 --http2-prior-knowledge --http3 --compressed -g --globoff --create-dirs -q --disable --path-as-is "
        "--no-keepalive --no-clobber --tcp-nodelay --tcp-fastopen -1 --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 "
        "--ssl-reqd --styled-output --no-styled-output --trace-time",
        "insecure": "-k --insecure",
        "output": "-O --remote-name -J --remote-header-name --remote-name-all --remove-on-error -R --remote-time",
        "retry": "--retry-connrefused --retry-all-errors",
        "unbuffered": "-N --no-buffer",
        "head": "-I --head",
        "query": "-G --get",
    }
)

_VALUED: Mapping[str, str] = MappingProxyType(
    {
        "method": "-X --request",
        "header": "-H --header",
        "data": "-d --data --data-ascii --data-binary",
        "raw": "--data-raw",
        "encoded": "--data-urlencode",
        "json": "--json",
        "form": "-F --form",
        "form-text": "--form-string",
        "url": "--url",
        "url-query": "--url-query",
        "limit": "-m --max-time",
        "output": "-o --output --output-dir -D --dump-header",
        "agent": "-A --user-agent",
        "referer": "-e --referer",
        "bearer": "--oauth2-bearer",
        "retry": "--retry --retry-delay --retry-max-time",
        "quiet": "--connect-timeout -w --write-out -y --speed-time -Y --speed-limit --keepalive-time --keepalive-cnt "
        "--max-redirs --limit-rate --max-filesize --expect100-timeout --happy-eyeballs-timeout-ms --tls-max --rate",
        "": "--abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath -E --cert --cert-type --ciphers -K --config "
        "--connect-to -C --continue-at -b --cookie -c --cookie-jar --create-file-mode --crlfile --curves --delegation "
        "--dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --ech --egd-file --engine "
        "--etag-compare --etag-save --ftp-account --ftp-alternative-to-user --ftp-method -P --ftp-port "
        "--ftp-ssl-ccc-mode --haproxy-clientip -h --help --hostpubmd5 --hostpubsha256 --hsts --interface --ip-tos "
        "--ipfs-gateway --key --key-type --krb --libcurl --local-port --login-options --mail-auth --mail-from "
        "--mail-rcpt --netrc-file --noproxy --parallel-max --parallel-max-host --pass --pinnedpubkey --preproxy --proto "
        "--proto-default --proto-redir -x --proxy --proxy-cacert --proxy-capath --proxy-cert --proxy-cert-type "
        "--proxy-ciphers --proxy-crlfile --proxy-header --proxy-key --proxy-key-type --proxy-pass "
        "--proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype --proxy-tlspassword "
        "--proxy-tlsuser -U --proxy-user --proxy1.0 --pubkey -Q --quote --random-file -r --range --request-target "
        "--resolve --sasl-authzid --service-name --sigalgs --socks4 --socks4a --socks5 --socks5-gssapi-service "
        "--socks5-hostname --stderr -t --telnet-option --tftp-blksize -z --time-cond --tls13-ciphers --tlsauthtype "
        "--tlspassword --tlsuser --trace --trace-ascii --trace-config --unix-socket -T --upload-file --upload-flags "
        "-u --user --variable --vlan-priority",
    }
)


def _options() -> Iterator[tuple[str, Option]]:
    for table, valued in ((_FLAGS, False), (_VALUED, True)):
        for purpose, names in table.items():
            yield from ((name, Option(purpose, valued)) for name in names.split())


OPTIONS: Mapping[str, Option] = MappingProxyType(dict(_options()))
"""Every option that has a use or a value; what is not here has neither."""

_NEITHER = Option()
_EXPANDED = "--expand-"


def option(name: str) -> Option:
    """Return what is known of an option, such as `-d` or `--data`."""
    if name.startswith(_EXPANDED):  # of curl 8.3: it takes the value of the option that it names
        return Option("", OPTIONS.get(f"--{name.removeprefix(_EXPANDED)}", _NEITHER).valued)
    return OPTIONS.get(name, _NEITHER)
