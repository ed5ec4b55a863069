"""What staff are told of a file that is no TOML, in plain words."""

import re
import tomllib

from inspection_outcome.report.wrong_values import DATE, TIME

_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)")
_HEADER = re.compile(r"(\[\[?)([\w.-]+)\]\]?")
_NAMED = re.compile(r"""^([\w-]+)\s*=\s*["']?([^"']*)""")
_CURLY = "“”„‟«»‘’‚‛"
_CURLED = (
    "curly quotation marks stand around a text",
    'Write straight quotation marks around it: "words", not “words”.',
)
_YEAR = r"(?:19|20)\d\d"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_BARE = (
    (
        re.compile(
            rf"(?:[a-z]{{3,6}}day,? )?(?:\d\d?(?:st|nd|rd|th)?[ .,/-]{{0,2}})?{_MONTH}"
            r"(?:[ .,/-]{1,2}\d\d?(?:st|nd|rd|th)?)?[ .,/-]{1,2}(?:\d{4}|\d\d)"
            rf"|\d\d?([./ -])\d\d?\1{_YEAR}|\d\d?([./-])\d\d?\2\d\d"
            rf"|{_YEAR}([./ -])\d\d?\3\d\d?",
            re.IGNORECASE,
        ),
        ("a date is not written as year-month-day", DATE),
    ),
    (
        re.compile(r"\d\d?(?:[:.]\d\d)? ?[ap]m|\d\d?[:.]\d\d", re.IGNORECASE),
        ("a time is not written as hours:minutes:seconds", TIME),
    ),
    (
        re.compile(r"\d{1,3}(?:,\d{3}){1,3}"),
        ("a number has a comma in it", "Take it out: write a number in digits only."),
    ),
    (
        re.compile("true|false", re.IGNORECASE),
        ("true and false are in small letters", "Write true or false."),
    ),
)
"""Values that need no quotation marks, in forms that people know from elsewhere."""
_QUOTE = (
    'Put text in "quotation marks", also a phone number or an address; inside it, write ‘ ’ or “ ”.'
)
_TWICE = "a field is there twice"
_NO_DAY = "a date is not in the calendar"
_FIELD = "Write a field as name = value, a table as [name] or [[name]], and # before a note."
_UNREADABLE = {
    "Invalid date": (
        _NO_DAY,
        "Write a date that is in the calendar, like 2023-06-15.",
    ),
    "Cannot declare": (
        "two tables have the same name",
        "Rename or take out one of them; of many, each has [[name]] above it.",
    ),
    "Cannot overwrite": (_TWICE, "Take out one of them."),
    "Duplicate inline": (_TWICE, "Take out one of them."),
    "Unclosed array": (
        "a list has no end",
        "Write ] at the end of the list, on this line or above.",
    ),
    "Unclosed inline": (
        "a table in { } has no end",
        "Write } at the end of the table, on its line.",
    ),
    "Unterminated string": ("a text has no end", "Write the quotation mark at its end."),
    "Illegal character '\\n'": ("a text has no end", "Write the quotation mark at its end."),
    "Unescaped '\\'": ("a text has \\ in it", "Take it out, or write \\\\ for each."),
    "Expected newline": ("something stands after a value", _QUOTE),
    "Invalid value": ("a value is not text, a number, a date, true, false or a list", _QUOTE),
    "Expected '='": ("this is no field", _FIELD),
    "Invalid statement": ("this is no field", _FIELD),
    "Invalid initial character": ("this is no field", _FIELD),
    "Expected ']": ("the name of a table has no end", _FIELD),
}
"""What staff are told of each message of tomllib, by its beginning."""
_MEND = "Mend the file's form there: look for a missing quotation mark, bracket or comma."
_CUT_OFF = "But if the rest of the file is missing, bring the whole of it back, from git or a copy."


def told(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, str, int]:
    """Return what is wrong with a text that is no TOML, what to do, and the line, from 1.

    An error at the end may be one of a file that was cut off.
    """
    said = str(error)
    at = _AT.search(said)
    lines = text.rstrip().split("\n")
    number, column = map(int, at.groups()) if at and at[1] else (len(lines), 0)
    problem, remedy = _told(_AT.sub("", said), lines, number - 1, column - 1)
    if number >= len(lines):
        remedy = f"{remedy} {_CUT_OFF}"
    return f"it cannot be read: {problem}", remedy, number


def _told(said: str, lines: list[str], at: int, column: int) -> tuple[str, str]:
    """Return what is wrong at a line and a column, from 0, and what to do."""
    line = lines[at] if at < len(lines) else ""
    is_again = said.startswith("Cannot")
    ends = (line[column : column + 1], line.rstrip(" \t,]}")[-1:])
    if not is_again and any(end in _CURLY for end in ends if end):
        return _CURLED
    known = (told for sign, told in _UNREADABLE.items() if said.startswith(sign))
    problem, remedy = next(known, (said, _MEND))
    value = line[line.rfind("=", 0, column + 1) + 1 :].partition("#")[0].strip()
    for pattern, bare in _BARE if problem != _NO_DAY else ():
        if pattern.fullmatch(value) or pattern.fullmatch(re.split("[,}]", value)[0].strip()):
            return bare
    example = _lost(lines[:at], line, lines[at + 1 :]) if is_again else ""
    if example or problem == _TWICE:
        like = f", like {example}" if example else ""
        lost = f"Is a line in [ ] or [[ ]] missing above it{like}? Write it where its part begins."
        return problem, f"{lost} If not: {remedy}"
    return problem, remedy


def _lost(above: list[str], line: str, below: list[str]) -> str:
    """Return the header that was most likely lost above a header or a field that comes again.

    Of a part of a record, it is that of the record. Where the first field of a table comes again,
    it is that of the next table: a sentence, whose id has a full stop, follows one of its kind, and
    a record has its parts below it. Empty if nothing tells it.
    """
    headers = [(at, header) for at, each in enumerate(above) if (header := _HEADER.match(each))]
    if part := _HEADER.match(line):
        around = [part, *(each for _, each in headers if part[2].startswith(f"{each[2]}."))]
        return next((each[0] for each in (part, around[-1]) if each[1] == "[["), "")
    at, last = headers[-1] if headers else (0, None)
    first, again = next(filter(None, map(_NAMED.match, above[at:])), None), _NAMED.match(line)
    if first is None or again is None or (first[1], again[1]) != ("id", "id"):
        return ""
    if "." in again[2]:
        return last[0] if last and last[1] == "[[" and "." in first[2] else ""
    below_it = next(filter(None, map(_HEADER.match, below)), None)
    record = below_it[2].rpartition(".")[0] if below_it and below_it[1] == "[" else ""
    return f"[[{record}]]" if record else ""
