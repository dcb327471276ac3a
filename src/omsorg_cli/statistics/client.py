"""Asks services on the web, one question after another, and says in plain sentences what went wrong.

Only this module speaks to a network. It keeps below the service's limit by its own header, waits as long as it is told
to, asks again where that may help, and takes no answer from another host, none that is too large and none cut short.
"""

import http.client
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from omsorg_cli import __version__
from omsorg_cli.core.errors import NoAnswerError, OmsorgError, plain, shown
from omsorg_cli.core.language import Said, say

SILENCE = 60.0
"""Seconds without a byte until the service is taken not to answer."""
LONGEST = 300.0
"""Seconds that one answer may take, and that a service may ask to be left alone."""
PATIENCE = 5.0
"""Seconds of waiting that need not be told."""
MOST_BYTES = 100_000_000
TRIES = 5
PIECE = 1 << 16
USUAL_PACE = 2.0
"""Seconds between two questions where the service names no limit."""
CAUTION = 0.75
"""The part of the limit that is used."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Answer(NamedTuple):
    """The bytes that came, and when."""

    content: bytes
    fetched: str


class _AgainError(Exception):
    """Asking again may help, after so many seconds; `told` is the sentence if it does not."""

    def __init__(self, told: Said, wait: float) -> None:
        super().__init__(told)
        self.told, self.wait = told, wait


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to another host, or to one that is not encrypted."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise NoAnswerError(
                say(
                    "{host} redirects to another host, {other}, which is not followed.",
                    host=plain(old.netloc),
                    other=plain(new.netloc or newurl),
                )
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Client:
    """Asks one host, at its pace."""

    def __init__(self, address: str, tell: Callable[[str], None], sleep: Callable[[float], None] | None = None) -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise OmsorgError(say("{address}: allowed: an address that begins with https://.", address=shown(address)))
        self.address, self.host = address.rstrip("/"), parts.netloc
        self._tell, self._sleep = tell, sleep or time.sleep
        self._pace, self._last = USUAL_PACE, -LONGEST
        self._opener: Any = None

    def ask(self, path: str, query: Any = None) -> Answer:
        """The answer to a GET, or to a POST of the query."""
        for tried in range(1, TRIES + 1):
            self._wait_for_turn()
            try:
                return self._once(f"{self.address}{path}", query)
            except _AgainError as again:
                if tried == TRIES:
                    raise NoAnswerError(again.told) from None
                wait = again.wait if again.wait >= 0 else min(2.0**tried, 30.0)
                if wait > PATIENCE:
                    self._tell(say("{host} asks to wait {wait} seconds.", host=self.host, wait=int(wait)))
                self._sleep(wait)
        raise AssertionError

    def _wait_for_turn(self) -> None:
        wait = self._last + self._pace - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._last = time.monotonic()

    def _once(self, address: str, query: Any) -> Answer:
        headers = {"User-Agent": f"omsorg/{__version__}", "Accept": "application/json, */*;q=0.5"}
        data = None
        if query is not None:
            data = json.dumps(query).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(address, data=data, headers=headers)  # noqa: S310 # https or the loopback only
        try:
            with self._open(request) as response:
                self._keep_pace(response.headers)
                content = self._read(response)
        except urllib.error.HTTPError as error:
            with error:
                self._keep_pace(error.headers)
                raise self._refused(error) from None
        except http.client.IncompleteRead:
            raise _AgainError(
                say("{host}: the answer was cut short in several attempts.", host=self.host), -1
            ) from None
        except (OSError, http.client.HTTPException) as error:
            raise self._unreached(error) from None
        return Answer(content, datetime.now(UTC).isoformat(timespec="seconds"))

    def _open(self, request: urllib.request.Request) -> Any:
        if self._opener is None:
            handlers: list[Any] = [_SameHost()]
            if request.type == "https":
                import truststore

                context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # this system's certificates, a firm's own too
                handlers.append(urllib.request.HTTPSHandler(context=context))
            self._opener = urllib.request.build_opener(*handlers)
        return self._opener.open(request, timeout=SILENCE)

    def _read(self, response: Any) -> bytes:
        """All of the answer, as long as it is neither too large nor too slow."""
        started, parts, size = time.monotonic(), [], 0
        length = response.headers.get("Content-Length")
        while part := response.read(PIECE):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise NoAnswerError(
                    say(
                        "{host}: the answer is larger than {most} MB; ask for less.",
                        host=self.host,
                        most=MOST_BYTES // 1_000_000,
                    )
                )
            if time.monotonic() - started > LONGEST:
                raise NoAnswerError(
                    say("{host}: the answer takes over {most} seconds.", host=self.host, most=int(LONGEST))
                )
        if length is not None and length.isdigit() and size < int(length):
            raise http.client.IncompleteRead(b"", int(length) - size)
        return b"".join(parts)

    def _keep_pace(self, headers: Any) -> None:
        """Reads the limit, such as `40;w=60`: so many calls in so many seconds."""
        match = re.match(r"\s*(\d+)\s*;\s*w=(\d+)", headers.get("x-ratelimit-policy") or "")
        if match and int(match[1]):
            self._pace = min(int(match[2]) / int(match[1]) / CAUTION, LONGEST)

    def _refused(self, error: urllib.error.HTTPError) -> Exception:
        try:
            body = error.read(PIECE)
        except (OSError, http.client.HTTPException):
            body = b""
        if error.code in (429, 503):
            wait = _seconds(error.headers.get("Retry-After"))
            if wait > LONGEST:
                return NoAnswerError(
                    say(
                        "{host} accepts no requests for {wait} seconds; try again then.",
                        host=self.host,
                        wait=int(wait),
                    )
                )
            return _AgainError(
                say(
                    "{host} is still overloaded (status {code}) after several attempts.",
                    host=self.host,
                    code=error.code,
                ),
                wait,
            )
        if error.code >= 500:
            return _AgainError(
                say("{host} still fails (status {code}) after several attempts.", host=self.host, code=error.code), -1
            )
        if error.code == 407:
            return NoAnswerError(_by_proxy(error.reason))
        what = _problem(body) or plain(str(error.reason))
        return OmsorgError(
            say("{host} refused the question (status {code}): {what}.", host=self.host, code=error.code, what=what)
        )

    def _unreached(self, error: Exception) -> Exception:
        """A sentence on why there was no answer at all."""
        why = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(why, ssl.SSLCertVerificationError):
            return NoAnswerError(
                say(
                    "{host}: its certificate is not trusted here. Where a firm's proxy opens encrypted traffic, its "
                    "certificate must be known to this system, or be named by SSL_CERT_FILE.",
                    host=self.host,
                )
            )
        if isinstance(why, TimeoutError):
            return _AgainError(
                say("{host} does not answer within {most} seconds.", host=self.host, most=int(SILENCE)), -1
            )
        if isinstance(why, socket.gaierror):
            return NoAnswerError(
                say(
                    "{host} cannot be found. Is this machine online? Where a proxy is needed, HTTPS_PROXY names it. "
                    "Files fetched elsewhere are taken by omsorg data import.",
                    host=self.host,
                )
            )
        if "Tunnel connection failed" in str(why):
            return NoAnswerError(_by_proxy(str(why).rpartition("failed:")[2].strip()))
        if isinstance(why, http.client.HTTPException | ConnectionResetError | ConnectionAbortedError):
            return _AgainError(say("{host} broke off the connection in several attempts.", host=self.host), -1)
        told = getattr(why, "strerror", None) or str(why)
        return NoAnswerError(
            say(
                "{host} cannot be reached: {why}. Is this machine online? Where a proxy is needed, HTTPS_PROXY names "
                "it. Files fetched elsewhere are taken by omsorg data import.",
                host=self.host,
                why=plain(told),
            )
        )


def _by_proxy(why: object) -> Said:
    return say("The proxy that HTTPS_PROXY names refused the connection: {why}.", why=plain(str(why)))


def _seconds(told: str | None) -> float:
    """What Retry-After says: seconds, or a date; below nought where it says nothing."""
    if not told:
        return -1
    if told.strip().isdigit():
        return float(told)
    try:
        return max((parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return -1


def _problem(body: bytes) -> str:
    """What the service says is wrong, if it says so in its own form."""
    try:
        told = json.loads(body)
        return plain(str(told["title"]))[:200]
    except (ValueError, TypeError, KeyError):
        return ""
