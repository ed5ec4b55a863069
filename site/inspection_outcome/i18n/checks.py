"""What a translation must pass: the one list of checks, used by the site, the commands and the tests.

An error makes it Broken: readers see the English. A warning is told to staff only.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from inspection_outcome.i18n.pair import Form, Pair
from inspection_outcome.report import markup
from inspection_outcome.report.markup import PLACEHOLDER

MOST_WORDS = 25  # in a sentence; English has its own limit in report/plain_english.py
TIMES_AS_LONG = 3
_SHORT = 20  # characters: up to this, length says nothing
_JOINERS = "\u00ad\u061c\u200c\u200d\u200e\u200f"
"""Unseen characters that languages need: soft hyphen, marks of direction, joiners (Persian, Kurdish)."""
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_READABLE = re.compile(r"[^\W\d_\u115f\u1160\u3164\uffa0]|\{[a-z]")
"""A letter (but those that are drawn as nothing), or a fact."""
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
    """What is wrong with a translation, and how to mend it. An error, or else a warning."""

    problem: str
    remedy: str
    error: bool


Check = Callable[[Pair], Iterator[tuple[str, str]]]
"""Gives what is wrong and how to mend it, for each problem that it finds."""


def plural_forms(pair: Pair) -> Iterator[tuple[str, str]]:
    """As many forms as the language has for a count, and none of them empty."""
    needed = 1 if len(pair.english) == 1 else pair.language.plural_forms
    if len(pair.said) != needed:
        yield f"it has {len(pair.said)} plural forms, and this language has {needed}", "Fill in each form."
    elif "" in [form.text for form in pair.said]:
        yield "a plural form is empty", "Fill in each form."


def far_too_long(pair: Pair) -> Iterator[tuple[str, str]]:
    """No text of which a page, or the checks that follow, would choke."""
    most = 20 * len(pair.english[-1].text) + 200
    if max([len(form.text) for form in pair.said]) > most:
        yield f"it has more than {most} characters", "Translate only this sentence."


def facts(pair: Pair) -> Iterator[tuple[str, str]]:
    """Every {fact} of the English in every form, spelled the same, and no other."""
    needed = frozenset.intersection(*[form.facts for form in pair.english])
    for form in pair.said:
        if form.facts == needed:
            continue
        allowed = frozenset.union(*[each.facts for each in pair.english])
        for name in sorted(needed - form.facts):
            yield f"{{{name}}} is missing", f"Put {{{name}}} where its value belongs, with the braces, in each form."
        for name in sorted(form.facts - allowed):
            yield f"the English has no {{{name}}}", "Copy the names in braces from the English, letter by letter."


def something_to_read(pair: Pair) -> Iterator[tuple[str, str]]:
    """A letter or a fact in each form, and in each link and strong part: not only unseen or punctuation marks."""
    for form in pair.said:
        for words in (form.text, *(markup.words(form.text) if "*" in form.text or "[" in form.text else ())):
            if not _READABLE.search(words) and _READABLE.search(pair.english[0].text):
                yield "there is nothing to read in it", "Write the translation, also between [ ] and ** **."


def braces(pair: Pair) -> Iterator[tuple[str, str]]:
    """No brace outside a named fact."""
    for form in pair.said:
        if "{" in form.rest or "}" in form.rest:
            stray = " ".join(markup.stray_braces(form.rest))
            names = " ".join(f"{{{name}}}" for name in sorted(pair.english[0].facts)) or "none here"
            yield f"this is no name of the English: {stray}", f"Copy the names with their braces: {names}."


def digits(pair: Pair) -> Iterator[tuple[str, str]]:
    """No digit typed in, of any script: a value could differ from the fact's."""
    for form in pair.said:
        if found := "".join(filter(str.isnumeric, form.bare)):
            yield f"digits typed in: {found}", "Use the name in braces from the English; it is replaced by the value."


def characters(pair: Pair) -> Iterator[tuple[str, str]]:
    """No control character, and none that overrides the direction of what follows."""
    for form in pair.said:
        if not form.text.isprintable():
            for sign in sorted({sign for sign in form.text if _is_unseen(sign)}):
                name = unicodedata.name(sign, "a control character")
                yield f"an unseen character: U+{ord(sign):04X} ({name})", "Delete it, and type that place again."


def allowed_markup(pair: Pair) -> Iterator[tuple[str, str]]:
    """Only **strong** and [links](page:help), each opened and closed."""
    for form in pair.said:
        yield from markup.not_understood(form.rest, form.bare)


def links(pair: Pair) -> Iterator[tuple[str, str]]:
    """The same links as the English, in any order."""
    wanted = markup.links(pair.english[0].text)
    for form in pair.said:
        if not wanted and "[" not in form.text:
            continue
        inside, here = (
            set(PLACEHOLDER.findall(" ".join(markup.link_words(text)))) for text in (pair.english[0].text, form.text)
        )
        for name in sorted(here - inside):
            yield f"{{{name}}} stands inside a link", "Put it outside, as in the English: it may be a link itself."
        if (found := markup.links(form.text)) != wanted:
            missing, more = (Counter(wanted) - Counter(found), Counter(found) - Counter(wanted))
            told = [*(f"({to}) is missing" for to in missing), *(f"({to}) is too many" for to in more)]
            targets = " ".join(f"[words]({to})" for to in wanted) or "no link here"
            yield f"the links differ: {', '.join(told)}", f"Keep what stands in round brackets: {targets}."


def words_beside_facts(pair: Pair) -> Iterator[tuple[str, str]]:
    """Words of its own in each form, where the English has some: a number alone no longer says of what."""
    if pair.english[0].facts and _READABLE.search(PLACEHOLDER.sub("", pair.english[0].text)):
        for form in pair.said:
            if not _READABLE.search(PLACEHOLDER.sub("", form.text)) and form.facts:
                yield "only names in braces are left", "Write the words that stand beside them, too."


def much_longer(pair: Pair) -> Iterator[tuple[str, str]]:
    """Not three times as long as the English; a name that stays in English beside its translation is not counted."""
    most = max(_SHORT, TIMES_AS_LONG * max(len(form.bare) for form in pair.english))
    if any(len(markup.without_english(form.rest)) > most for form in pair.said):
        yield "it is more than three times as long as the English", "Say it in fewer words, or check that it fits."


def closing(pair: Pair) -> Iterator[tuple[str, str]]:
    """The same kind of closing punctuation as the English."""
    wanted = _closing(pair.english[0])
    for form in pair.said:
        if (found := _closing(form)) != wanted:
            yield f"it ends with {found}, and the English with {wanted}", "End it as this language ends such a text."


def same_as_english(pair: Pair) -> Iterator[tuple[str, str]]:
    """Not the English itself, except names, and words of its own that English spells the same (glossary.toml)."""
    for form in pair.said:
        if form in pair.english and pair.glossary.english_words(pair.language.tag, form.bare, form.bare):
            yield "it is the same as the English", "Translate it, or add it to 'same' or 'alike' in glossary.toml."


def english_words(pair: Pair) -> Iterator[tuple[str, str]]:
    """No word of the English left in it, but marked as such, in names, or where the language has it, too."""
    for form in pair.said:
        own = markup.without_english(form.rest)
        words = pair.glossary.english_words(pair.language.tag, pair.english[0].bare, own)
        if words and form not in pair.english:
            yield (
                f"English words stand in it: {', '.join(words)}",
                "Translate them; or mark them, [like this](en); or add them to 'same' or 'alike' in glossary.toml.",
            )


def long_sentence(pair: Pair) -> Iterator[tuple[str, str]]:
    """Short sentences, as in English."""
    for form in pair.said:
        for sentence in _SENTENCE_END.split(form.bare):
            if (words := len(sentence.split())) > MOST_WORDS:
                yield f"a sentence of {words} words", f"Split it into sentences of {MOST_WORDS} words or fewer."


def glossary(pair: Pair) -> Iterator[tuple[str, str]]:
    """The chosen word for each recurring term."""
    for form in pair.said:
        yield from pair.glossary.problems(pair.language.tag, pair.english[0].bare, form.rest)


_FIRST: tuple[Check, ...] = (plural_forms, far_too_long)
"""If one of these finds something, the other checks would only repeat it, or choke."""
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
    """Give what makes a translation Broken."""
    return _problems(_FIRST, pair, error=True) or _problems(ERRORS[len(_FIRST) :], pair, error=True)


def warnings(pair: Pair) -> tuple[Problem, ...]:
    """Give what a translator should look at again."""
    return _problems(WARNINGS, pair, error=False)


def _problems(checks: Sequence[Check], pair: Pair, *, error: bool) -> tuple[Problem, ...]:
    found = [told for check in checks for told in check(pair)]
    return tuple(Problem(*told, error=error) for told in dict.fromkeys(found)) if found else ()


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS


def _closing(form: Form) -> str:
    last = form.bare.rstrip(_QUOTES)[-1:]
    return next((name for name, signs in _CLOSING.items() if last and last in signs), "no punctuation mark")
