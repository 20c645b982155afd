"""Sends one message to one webhook, signed by the rules of Standard Webhooks (https://www.standardwebhooks.com).

It follows no redirect, goes through no proxy, and to no address of this machine or a private network unless a setting
lets it: whoever makes a webhook must not reach through this server what they cannot reach themselves.
"""

import base64
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cms.models import OutboxMessage, Webhook

# For all of it: looking up, connecting, sending, and the answer.
SECONDS = 10
# Where a network without IPv4 reaches it (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")
AGENT = "veiligheidsnetwerk-cms"


class PrivateAddressError(OSError):
    """The name leads to an address that webhooks may not go to."""


def send(message: OutboxMessage, webhook: Webhook, timestamp: int) -> tuple[bool, str]:
    """Send the message, and give whether it arrived and what the receiver answered, in words."""
    body = body_of(message)
    headers = {"content-type": "application/json", "user-agent": AGENT, **signed(message, webhook, timestamp, body)}
    try:
        status = _post(webhook.url, body, headers)
    except PrivateAddressError:
        return False, _("Het adres ligt op deze server of in een eigen netwerk. Daar gaan geen berichten heen.")
    except socket.gaierror:
        return False, _("De naam in het adres bestaat niet.")
    except TimeoutError:
        return False, _("Geen antwoord binnen %(seconds)s seconden.") % {"seconds": SECONDS}
    except ConnectionRefusedError:
        return False, _("Er luistert niemand op dat adres.")
    except ssl.SSLError:
        return False, _("Het certificaat of de versleuteling klopt niet.")
    except (OSError, HTTPException, ValueError) as error:
        return False, _("De verbinding brak af (%(kind)s).") % {"kind": type(error).__name__}
    if 300 <= status < 400:
        return False, _("Status %(status)s: een doorverwijzing. Die volgen wij niet.") % {"status": status}
    return 200 <= status < 300, _("Status %(status)s") % {"status": status}


def body_of(message: OutboxMessage) -> bytes:
    """Give the message as it goes out: the same each time that it is sent."""
    moment = message.happened_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = {"id": str(message.pk), "tijdstip": moment, "soort": message.kind, "tags": message.tags}
    return json.dumps(told, separators=(",", ":")).encode()


def signed(message: OutboxMessage, webhook: Webhook, timestamp: int, body: bytes) -> Mapping[str, str]:
    """Give the headers that let the receiver know that the message is ours, of now, and which one it is."""
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{message.pk}.{timestamp}.".encode() + body, sha256)
    return {
        "webhook-id": str(message.pk),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    address = urlsplit(url)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection: Any = kind(address.hostname or "", address.port, timeout=SECONDS)
    # The address that is looked at is the one that is connected to: a name may lead elsewhere a moment later.
    connection._create_connection = _connect
    # The timeout above is of each step; somebody who sends a byte a second would keep us for ever.
    too_late = threading.Event()
    late = threading.Timer(SECONDS, _break_off, [connection, too_late])
    late.daemon = True
    late.start()
    try:
        connection.request("POST", f"{address.path or '/'}{'?' if address.query else ''}{address.query}", body, headers)
        return int(connection.getresponse().status)
    except (OSError, HTTPException) as error:
        if too_late.is_set():
            raise TimeoutError from error
        raise
    finally:
        late.cancel()
        connection.close()


def _break_off(connection: HTTPConnection, too_late: threading.Event) -> None:
    too_late.set()
    if (sock := connection.sock) is not None:
        try:
            # That of an SSLSocket would only forget that it is one.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            pass


def _connect(address: tuple[str, int], timeout: float, _source: Any = None) -> socket.socket:
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    allowed = [each for each in found if settings.WEBHOOKS_TO_PRIVATE_ADDRESSES or _is_public(each[4][0])]
    if not allowed:
        raise PrivateAddressError
    return socket.create_connection((str(allowed[0][4][0]), address[1]), timeout)


def _is_public(host: str | int) -> bool:
    address: Any = ip_address(str(host).partition("%")[0])
    # An IPv4 address within an IPv6 one is the same machine.
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address in _TRANSLATED:
        inner = ip_address(int(address) & 0xFFFFFFFF)
    return bool(address.is_global and not address.is_multicast and (inner is None or _is_public(str(inner))))
