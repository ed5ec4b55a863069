"""The checks of a translation: the only list, used by the site, the commands and the tests.

An error makes the translation Broken: readers see the English. Warnings are shown to staff only.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from inspection_outcome.i18n.pair import Form, Pair
from inspection_outcome.report import markup
from inspection_outcome.report.markup import PLACEHOLDER

MOST_WORDS = 25  # in a sentence; the limit for English is in report/plain_english.py
TIMES_AS_LONG = 3
_SHORT = 20  # characters: up to this, length is no sign of a problem
_JOINERS = "\u00ad\u061c\u200c\u200d\u200e\u200f"
"""Invisible characters that languages need.

They are the soft hyphen, direction marks, and joiners (Persian, Kurdish).
"""
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_READABLE = re.compile(r"[^\W\d_\u115f\u1160\u3164\uffa0]|\{[a-z]")
"""A placeholder, or a letter that is not a blank Hangul filler."""
_SENTENCE_END = re.compile(r"(?<![.!?…؟۔።፧])[.!?…؟۔።፧]+[’”»)\"']*\s+")
_QUOTES = "’”»)\"'‘“«] \u00a0\u202f"
_CLOSING = {
    "a full stop": ".。۔።",
    "a question mark": "?؟፧;",
    "an exclamation mark": "!",
    "a colon": ":፡፦",
    "a comma": ",،፣",
    "dots": "…",
}


class Problem(Struct, frozen=True):
    """A problem of a translation and its remedy; a warning if it is not an error."""

    problem: str
    remedy: str
    error: bool


Check = Callable[[Pair], Iterator[tuple[str, str]]]
"""A generator function that yields a problem and its remedy for each problem found."""


def plural_forms(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require as many forms as the language has plural forms, none of them empty."""
    needed = 1 if len(pair.english) == 1 else pair.language.plural_forms
    if len(pair.said) != needed:
        yield (
            f"it has {len(pair.said)} plural forms, and this language has {needed}",
            "Fill in each form.",
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
                "Copy the names in braces from the English, letter by letter.",
            )


def something_to_read(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require a letter or a placeholder in each form, and in each link and strong part.

    Invisible characters and punctuation alone are rejected.
    """
    for form in pair.said:
        has_markup = "*" in form.text or "[" in form.text
        for words in (form.text, *(markup.words(form.text) if has_markup else ())):
            if not _READABLE.search(words) and _READABLE.search(pair.english[0].text):
                yield (
                    "there is nothing to read in it",
                    "Write the translation, also between [ ] and ** **.",
                )


def braces(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject braces outside placeholders."""
    for form in pair.said:
        if "{" in form.rest or "}" in form.rest:
            stray = " ".join(markup.stray_braces(form.rest))
            names = " ".join(f"{{{name}}}" for name in sorted(pair.english[0].facts)) or "none here"
            yield (
                f"this is no name of the English: {stray}",
                f"Copy the names with their braces: {names}.",
            )


def digits(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject digits of any script: a number typed in could differ from the fact's value."""
    for form in pair.said:
        if found := "".join(filter(str.isnumeric, form.bare)):
            yield (
                f"digits typed in: {found}",
                "Use the name in braces from the English; it is replaced by the value.",
            )


def characters(pair: Pair) -> Iterator[tuple[str, str]]:
    """Reject control characters, and those that override the direction of the text after them."""
    for form in pair.said:
        if not form.text.isprintable():
            for sign in sorted({sign for sign in form.text if _is_unseen(sign)}):
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


def words_beside_facts(pair: Pair) -> Iterator[tuple[str, str]]:
    """Require words beside the placeholders in each form, if the English has some.

    A number alone does not say what it counts.
    """
    if pair.english[0].facts and _READABLE.search(PLACEHOLDER.sub("", pair.english[0].text)):
        for form in pair.said:
            if not _READABLE.search(PLACEHOLDER.sub("", form.text)) and form.facts:
                yield (
                    "only names in braces are left",
                    "Write the words that stand beside them, too.",
                )


def much_longer(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if the translation is more than three times as long as the English.

    Words marked as English, such as a name beside its translation, are not counted.
    """
    most = max(_SHORT, TIMES_AS_LONG * max(len(form.bare) for form in pair.english))
    if any(len(markup.without_english(form.rest)) > most for form in pair.said):
        yield (
            "it is more than three times as long as the English",
            "Say it in fewer words, or check that it fits.",
        )


def closing(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if the closing punctuation is of another kind than in the English."""
    wanted = _closing(pair.english[0])
    for form in pair.said:
        if (found := _closing(form)) != wanted:
            yield (
                f"it ends with {found}, and the English with {wanted}",
                "End it as this language ends such a text.",
            )


def same_as_english(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if the translation is identical to the English.

    Except for names, and the language's own words that English spells the same (glossary.toml).
    """
    for form in pair.said:
        if form in pair.english and pair.glossary.english_words(
            pair.language.tag, form.bare, form.bare
        ):
            yield (
                "it is the same as the English",
                "Translate it, or add it to 'same' or 'alike' in glossary.toml.",
            )


def english_words(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn about English words left in the translation.

    Except for those marked as English, names, and words that the language has, too.
    """
    for form in pair.said:
        own = markup.without_english(form.rest)
        words = pair.glossary.english_words(pair.language.tag, pair.english[0].bare, own)
        if words and form not in pair.english:
            yield (
                f"English words stand in it: {', '.join(words)}",
                (
                    "Translate them; or mark them, [like this](en); "
                    "or add them to 'same' or 'alike' in glossary.toml."
                ),
            )


def long_sentence(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn about long sentences, as for the English."""
    for form in pair.said:
        for sentence in _SENTENCE_END.split(form.bare):
            if (words := len(sentence.split())) > MOST_WORDS:
                yield (
                    f"a sentence of {words} words",
                    f"Split it into sentences of {MOST_WORDS} words or fewer.",
                )


def glossary(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if a recurring term is not translated with the word that the glossary chose."""
    for form in pair.said:
        yield from pair.glossary.problems(pair.language.tag, pair.english[0].bare, form.rest)


_FIRST: tuple[Check, ...] = (plural_forms, far_too_long)
"""If one of these finds a problem, the others are skipped: they would repeat it or not cope."""
ERRORS: tuple[Check, ...] = (
    *_FIRST,
    something_to_read,
    facts,
    braces,
    digits,
    characters,
    allowed_markup,
    links,
)
WARNINGS: tuple[Check, ...] = (
    words_beside_facts,
    much_longer,
    closing,
    same_as_english,
    english_words,
    long_sentence,
    glossary,
)


def errors(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that make a translation Broken."""
    return _problems(_FIRST, pair, error=True) or _problems(ERRORS[len(_FIRST) :], pair, error=True)


def warnings(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that a translator should look at again."""
    return _problems(WARNINGS, pair, error=False)


def _problems(checks: Sequence[Check], pair: Pair, *, error: bool) -> tuple[Problem, ...]:
    found = [problem for check in checks for problem in check(pair)]
    return tuple(Problem(*each, error=error) for each in dict.fromkeys(found)) if found else ()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS


def _closing(form: Form) -> str:
    last = form.bare.rstrip(_QUOTES)[-1:]
    names = (name for name, signs in _CLOSING.items() if last and last in signs)
    return next(names, "no punctuation mark")
