"""The checks whose problems are errors: they make a translation Broken.

To add one, write a function, and add its name to `ERRORS` at the end.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from inspection_outcome.i18n.pair import Check, Pair
from inspection_outcome.i18n.scripts import unseen
from inspection_outcome.report import markup
from inspection_outcome.report.characters import UNSEEN, is_readable
from inspection_outcome.report.markup import PLACEHOLDER

_TOUCHING = re.compile(rf"{PLACEHOLDER.pattern}(?={PLACEHOLDER.pattern})")


def plural_forms(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require as many forms as the file's plural rule has, none of them empty."""
    has, needed = len(pair.said), pair.rule.forms
    if len(pair.english) == 1:
        return
    if has != needed:
        yield (
            f"it has {has} plural forms, and the file's header says nplurals={needed}",
            f"In a text editor, delete msgstr[{needed}] and any higher. Or run "
            "'flask translations update', which makes a note of them and marks the sentence."
            if has > needed
            else f"In a text editor, write each, from msgstr[0] to msgstr[{needed - 1}].",
        )
    elif "" in [form.text for form in pair.said]:
        yield "a plural form is empty", "Fill in each form."


def far_too_long(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject a text so long that a page, or the checks that follow, could not cope with it."""
    most = 20 * len(pair.english[-1].text) + 200
    if max([len(form.text) for form in pair.said]) > most:
        yield f"it has more than {most} characters", "Translate only this sentence."


def facts(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require the placeholders of the English in every form, spelled the same, and no others."""
    needed = frozenset.intersection(*[form.facts for form in pair.english])
    for form in pair.said:
        if form.facts == needed:
            continue
        allowed = frozenset.union(*[each.facts for each in pair.english])
        for name in sorted(needed - form.facts):
            yield (
                f"{{{name}}} is missing",
                f"Put {{{name}}} where its value belongs, with the braces, in each form.",
            )
        for name in sorted(form.facts - allowed):
            yield (
                f"the English has no {{{name}}}",
                "Take it out, or copy a name in braces from the English, letter by letter.",
            )


def facts_apart(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject placeholders with nothing between them: 3 and 3 would read as 33."""
    for form in pair.said:
        if form.text.count("{") < 2:  # noqa: PLR2004 (few sentences have two names)
            continue
        shown = (sign for sign in markup.without(form.text) if not _has_no_width(sign))
        for touching in _TOUCHING.finditer("".join(shown)):
            yield (
                f"nothing stands between {touching[0]} and the next name",
                "Write a space or a word between the two names in braces.",
            )


def something_to_read(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require a letter or a placeholder in each form, and in each link and strong part.

    Invisible characters and punctuation alone are rejected.
    """
    for form in pair.said:
        has_markup = "*" in form.text or "[" in form.text
        for words in (form.text, *(markup.words(form.text) if has_markup else ())):
            if not is_readable(words) and is_readable(pair.english[0].text):
                yield (
                    "there is nothing to read in it",
                    "Write the translation, also between [ ] and ** **.",
                )


def braces(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject braces outside placeholders."""
    for form in pair.said:
        if "{" in form.rest or "}" in form.rest:
            stray = " ".join(markup.stray_braces(form.rest))
            names = " ".join(f"{{{name}}}" for name in sorted(pair.english[0].facts))
            yield (
                f"this is no name of the English: {stray}",
                f"Copy the names with their braces: {names}."
                if names
                else "Take the braces out: the English has none.",
            )


def digits(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject digits of any script: a number typed in could differ from the fact's value."""
    for form in pair.said:
        if found := markup.digits(form.text):
            yield (
                f"digits typed in: {found}",
                "Use the name in braces from the English; if it has none, write it in words.",
            )


def characters(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject control characters, and those that override the direction of the text after them."""
    for form in pair.said:
        for sign in unseen(form.text):
            name = unicodedata.name(sign, "a control character")
            yield (
                f"an unseen character: U+{ord(sign):04X} ({name})",
                "Delete it, and type that place again.",
            )


def allowed_markup(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject any markup except **strong** and [links](page:help), each opened and closed."""
    for form in pair.said:
        yield from markup.not_understood(form.rest, form.bare)


def links(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require the same links as in the English, in any order."""
    wanted = markup.links(pair.english[0].text)
    for form in pair.said:
        if not wanted and "[" not in form.text:
            continue
        in_english_links, in_links = (
            set(PLACEHOLDER.findall(" ".join(markup.link_words(text))))
            for text in (pair.english[0].text, form.text)
        )
        for name in sorted(in_links - in_english_links):
            yield (
                f"{{{name}}} stands inside a link",
                "Put it outside, as in the English: it may be a link itself.",
            )
        if (found := markup.links(form.text)) != wanted:
            missing, more = (Counter(wanted) - Counter(found), Counter(found) - Counter(wanted))
            differences = [
                *(f"({to}) is missing" for to in missing),
                *(f"({to}) is too many" for to in more),
            ]
            targets = " ".join(f"[words]({to})" for to in wanted) or "no link here"
            yield (
                f"the links differ: {', '.join(differences)}",
                f"Keep what stands in round brackets: {targets}.",
            )


def _has_no_width(sign: str) -> bool:
    """Return whether a character is invisible, or a mark on the one before."""
    return unicodedata.category(sign) in {*UNSEEN, "Mn", "Me"}


FIRST_ERRORS: tuple[Check, ...] = (plural_forms, far_too_long)
"""If one of these finds a problem, the others are skipped: they would repeat it or not cope."""
ERRORS: tuple[Check, ...] = (
    something_to_read,
    facts,
    facts_apart,
    braces,
    digits,
    characters,
    allowed_markup,
    links,
)
