"""Format facts for a locale, using babel for dates, numbers and lists, and return their links."""

import datetime as dt
import re
from urllib.parse import quote

from babel import Locale, localedata
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from inspection_outcome.report.facts import (
    Age,
    Ages,
    Body,
    Count,
    Date,
    Dates,
    Day,
    Duration,
    Email,
    Fact,
    Hours,
    Month,
    Numbers,
    Phone,
    Place,
    Size,
    TextLine,
    Web,
    Year,
)

_UNNEEDED = (
    "variants",
    "time_zones",
    "meta_zones",
    "zone_formats",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "currency_formats",
    "currency_unit_patterns",
    "date_fields",
    "compact_decimal_formats",
    "compact_currency_formats",
    "compound_unit_patterns",
)
"""Parts of babel's locale data that no fact needs, nor the name of a new language."""
_UNITS = ("duration-", "digital-")
_SHORT_MONTH = re.compile(r"(?<!M)MMM(?!M)")
_DAY_IN_PATTERN = re.compile(r"('[^']*')|(d+\.?)")
_WORD = re.compile(r"\d+|[^\W\d]+")


def slim(locale: Locale) -> Locale:
    """Return the locale after removing most of its babel data that nothing needs.

    This saves memory in each serving process. It works because babel.localedata.load is documented
    to return the same dictionary each time, so what is removed from it stays removed.
    """
    for name in ("root", locale.language, str(locale)):  # babel merges each into the next
        data = localedata.load(name)
        data |= {part: {} for part in _UNNEEDED}
        for part in ("unit_patterns", "unit_display_names"):
            data[part] = {
                unit: value for unit, value in data[part].items() if unit.startswith(_UNITS)
            }
    return locale


def format_fact(fact: Fact, locale: Locale) -> str:
    """Return the fact as plain text in this locale.

    Raise TypeError for a grade or a tally: they need translations, so `render` handles them.
    """
    match fact:
        case Date() | Day() | Month() | Year() | Dates():
            return _format_date(fact, locale)
        case Count() | Age() | Ages() | Numbers() | Size():
            return _format_number(fact, locale)
        case Duration(value=value, unit=unit):
            return _format_unit(value, f"duration-{unit}", locale)
        case Hours():
            return _format_hours(fact, locale)
        case Body() | Place() | Phone() | TextLine() | Web() | Email():
            return fact.value
    raise TypeError(f"no spelling for {fact!r}")


def _format_date(fact: Date | Day | Month | Year | Dates, locale: Locale) -> str:
    match fact:
        case Date(value=value):
            return format_date(value, "long", locale=locale)
        case Day(value=value):
            return format_date(value, "full", locale=locale)
        case Month(value=value):
            return format_skeleton("yMMMM", value, locale=locale)
        case Year(value=value):
            return format_skeleton("y", dt.date(value, 1, 1), locale=locale)
        case Dates(first=first, last=last):
            return _format_date_range(first, last, locale)


def _format_date_range(first: dt.date, last: dt.date, locale: Locale) -> str:
    """Return a date range that says all that this language's single dates say.

    CLDR's own ranges of some languages do not: Lithuanian ones lack 'm.' and 'd.', Czech ones have
    the month as a number. Those are written from the long date, with both days in place of the day;
    or as two long dates, if the months are not the same.
    """
    last_date = format_date(last, "long", locale=locale)
    written = _cldr_range(first, last, locale)
    if set(_WORD.findall(last_date)) <= set(_WORD.findall(written)):
        return written
    if (first.year, first.month) != (last.year, last.month):
        first_date = format_date(first, "long", locale=locale)
        return str(locale.interval_formats[None]).format(first_date, last_date)

    def both_days(found: re.Match[str]) -> str:
        quoted, day = found.groups()
        return quoted or f"{format_date(first, day, locale=locale)}–{day}"

    pattern = _DAY_IN_PATTERN.sub(both_days, locale.date_formats["long"].pattern)
    return format_date(last, pattern, locale=locale)


def _cldr_range(first: dt.date, last: dt.date, locale: Locale) -> str:
    """Return a date range as CLDR writes it, with the month in full.

    If CLDR has no pattern for that, babel would use a short month; so its short pattern is used
    with MMM replaced by MMMM.
    """
    if "yMMMMd" in locale.interval_formats:
        return format_interval(first, last, "yMMMMd", locale=locale)
    differ = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    parts = locale.interval_formats["yMMMd"][differ]
    days = zip(parts, (first, last), strict=True)
    return "".join(
        format_date(day, _SHORT_MONTH.sub("MMMM", part), locale=locale) for part, day in days
    )


def _format_number(fact: Count | Age | Ages | Numbers | Size, locale: Locale) -> str:
    match fact:
        case Count(value=value) | Age(value=value):
            return format_decimal(value, locale=locale)
        case Ages(first=first, last=last):
            return f"{format_decimal(first, locale=locale)}–{format_decimal(last, locale=locale)}"
        case Numbers(value=value):
            numbers = [format_decimal(number, locale=locale) for number in value]
            return format_list(numbers, locale=locale)
        case Size(value=value):
            return _format_unit(value, "digital-kilobyte", locale)


def _format_unit(value: int, unit: str, locale: Locale) -> str:
    """Return a number with its unit in words, as kB is no word to most readers.

    Falls back to the short form if CLDR has no long one: babel then returns its internal English
    name of the unit, such as 'duration-hour'.
    """
    long, short = (format_unit(value, unit, length, locale=locale) for length in ("long", "short"))
    return short if unit in long else long


def _format_hours(fact: Hours, locale: Locale) -> str:
    names = get_day_names("wide", locale=locale)
    first, last = names[fact.first_day - 1], names[fact.last_day - 1]
    days = first if fact.first_day == fact.last_day else f"{first} – {last}"
    opens, closes = (
        format_time(time, "short", locale=locale) for time in (fact.opens, fact.closes)
    )
    to = " – " if any(map(str.isspace, opens + closes)) else "–"  # as between 9:30 a.m. and 6 p.m.
    return f"{days}: {opens}{to}{closes}"


def href(fact: Fact) -> str | None:
    """Return the URL of a fact (tel:, sms:, mailto: or https://), or None if it has no link."""
    match fact:
        case Phone(value=value):
            return f"tel:{value.replace(' ', '')}"
        case TextLine(value=value, word=word):
            return f"sms:{value.replace(' ', '')}?body={quote(word)}"
        case Email(value=value):
            return f"mailto:{value}"
        case Web(value=value):
            return f"https://{value}"
    return None
