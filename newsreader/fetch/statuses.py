"""What each HTTP error status means, in words."""

from http import HTTPStatus

from newsreader.errors import GoneError, StatusError
from newsreader.text import lasting

_WORDS = {
    400: "does not understand the request",
    401: "asks for a login",
    402: "asks for payment",
    403: "refuses",
    404: "has no such page",
    406: "has it in no form that can be read here",
    408: "gave up waiting",
    410: "says that it is gone for good",
    418: "refuses",
    421: "is not the server for this address",
    429: "says that we ask too often",
    451: "may not show it, for legal reasons",
    500: "has an internal error",
    502: "does not get an answer from the server behind it",
    503: "is not available now",
    504: "waited too long for the server behind it",
}
_HINTS = {
    401: "Open it in a browser",
    402: "Open it in a browser",
    403: "The site may refuse programs: open it in a browser",
    404: "Check the address; the page may have moved",
    410: "Look on the site for where it went",
    429: "Try again later",
    451: "Open it in a browser",
}
_SERVER_HINT = "The site has a problem; try again later"
_SERVER_FAULTS = range(500, 600)
_GONE = (404, 410)


def status_error(status: int, place: str, retry_after: float | None) -> StatusError:
    """The error for an HTTP status; `place` is the host, `retry_after` the seconds that it asks to wait, or None."""
    hint = _HINTS.get(status) or (_SERVER_HINT if status in _SERVER_FAULTS else None)
    if retry_after:
        hint = f"Try again in {lasting(retry_after)}"
    words = _WORDS.get(status) or f"answers with {_phrase(status)}"
    kind = GoneError if status in _GONE else StatusError
    return kind(f"{place} {words} (HTTP {status})", http_status=status, hint=hint, retry_after=retry_after)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "an unknown status"
