"""The forms of values that are not prose, and what staff are told of one in another form.

`extra["told"]` of a form is a function that returns the problem and its remedy. The patterns stand
in the JSON Schema of the dataset, so they are ones that ECMAScript has as well.
"""

import re
import unicodedata
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta

from inspection_outcome.report.characters import UNSEEN

_DELETE = "Delete it, and type that place again."
_HTTP = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_HOST_AND_REST = re.compile(r"([^/?#\\]*)(.*)", re.DOTALL)
_IN_A_PATH = "!$&'()*+,;=:@/?#%"
"""What may stand in a path, a query and a fragment besides letters, digits and `-._~`."""
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_NO_ID = re.compile(r"[^a-z0-9]+")


def _of_web(text: str) -> tuple[str, str]:
    if signs := _unseen(text):
        return signs, _DELETE
    http = _HTTP.match(text)
    found = _HOST_AND_REST.match(text.removeprefix(http[0] if http else ""))
    host, rest = found.groups() if found else ("", "")
    rest = quote(_LONE_PERCENT.sub("%25", rest), safe=_IN_A_PATH)
    problem = f"'{text}' is not a web address as it is written here"
    if _WEB.fullmatch(mended := host.lower() + rest):
        return problem, f'Write "{mended}", without https://.' if http else f'Write "{mended}".'
    like = 'like "example.org/visits"'
    return problem, f"Write the host and what follows it, {like}: no https://, user name or port."


def _of_phone(text: str) -> tuple[str, str]:
    problem = f"'{text}' is not a phone number in digits and spaces only"
    if _PHONE.fullmatch(mended := " ".join(re.findall("[0-9]+", text))) and "+" not in text:
        return problem, f'Write "{mended}": digits and single spaces only.'
    like = 'like "01632 960001"'
    return problem, f"Write digits and spaces only, as people dial it in this country, {like}."


def _of_email(text: str) -> tuple[str, str]:
    if signs := _unseen(text):
        return signs, _DELETE
    name, at, host = text.strip().removeprefix("mailto:").partition("@")
    problem = f"'{text}' is not an email address"
    if _EMAIL.fullmatch(mended := f"{name}{at}{host.lower()}"):
        return problem, f'Write "{mended}".'
    return problem, 'Write one address, like "hello@example.org".'


def _of_name(text: str) -> tuple[str, str]:
    signs = {sign for sign in text if not _NAME.fullmatch(sign)}
    if not signs:
        return "it is empty", "Write something here."
    return _no_text(signs), _DELETE


def _of_id(text: str) -> tuple[str, str]:
    problem = f"'{text}' is not an id"
    form = "small letters, digits and hyphens, a letter first"
    mended = _NO_ID.sub("-", text.lower()).strip("-")
    like = f', like "{mended}"' if _ID.fullmatch(mended) else ""
    return problem, f"Write it in {form}{like}."


def _of_sentence_id(text: str) -> tuple[str, str]:
    form = "the file's name, a full stop, and small letters, digits and hyphens"
    return f"'{text}' is not the id of a sentence", f'Write {form}, like "home.lead-2".'


def _unseen(text: str) -> str:
    """Return the problem that a text has characters that nobody sees; empty if it has none."""
    signs = {sign for sign in text if unicodedata.category(sign) in UNSEEN}
    return _no_text(signs) if signs else ""


def _no_text(signs: set[str]) -> str:
    codes = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in signs))
    return f"a character that is no text: {codes}"


# (?!\n)$ because $ alone accepts a trailing newline, and \Z differs in JSON Schema.
# Scheme, user name and port are refused: the host is what readers see first. What follows it is
# RFC 3986's path, query and fragment. Before these, \ would be a / to browsers.
_WEB = re.compile(
    r"^([a-z0-9-]+\.)+[a-z]{2,}([/?#]([A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*)?(?!\n)$"
)
_PHONE = re.compile(r"^[0-9]+( [0-9]+)*(?!\n)$")
_EMAIL = re.compile(r"^[A-Za-z0-9._+-]+@([a-z0-9-]+\.)+[a-z]{2,}(?!\n)$")
_NAME = re.compile(
    r"^[^\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]+(?!\n)$"
)
_ID = re.compile(r"^[a-z][a-z0-9-]*(?!\n)$")
_SENTENCE_ID = re.compile(r"^[a-z][a-z0-9/-]*\.[a-z0-9-]+(?!\n)$")

WebAddress = Annotated[str, Meta(pattern=_WEB.pattern, extra={"told": _of_web})]
PhoneNumber = Annotated[str, Meta(pattern=_PHONE.pattern, extra={"told": _of_phone})]
EmailAddress = Annotated[str, Meta(pattern=_EMAIL.pattern, extra={"told": _of_email})]
Name = Annotated[str, Meta(pattern=_NAME.pattern, extra={"told": _of_name})]
Slug = Annotated[str, Meta(pattern=_ID.pattern, extra={"told": _of_id})]
SentenceId = Annotated[str, Meta(pattern=_SENTENCE_ID.pattern, extra={"told": _of_sentence_id})]
