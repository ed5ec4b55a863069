"""The checks whose problems are warnings: readers see the translation, and staff look again.

To add one, write a function, and add its name to `WARNINGS` at the end.
"""

from collections.abc import Iterator

from inspection_outcome.i18n import scripts
from inspection_outcome.i18n.pair import Check, Pair
from inspection_outcome.i18n.plural_forms import grouping
from inspection_outcome.report import markup
from inspection_outcome.report.characters import is_readable, sentences
from inspection_outcome.report.markup import PLACEHOLDER

MOST_WORDS = 25  # in a sentence; the limit for English is in report/plain_english.py
TIMES_AS_LONG = 3
_SHORT = 20  # columns: up to this, length is no sign of a problem


def words_beside_facts(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if a form has only placeholders, and the English has words beside them.

    A number alone does not say what it counts.
    """
    if pair.english[0].facts and is_readable(PLACEHOLDER.sub("", pair.english[0].text)):
        for form in pair.said:
            if not is_readable(PLACEHOLDER.sub("", form.text)) and form.facts:
                yield (
                    "only names in braces are left",
                    "Write the words that stand beside them, too.",
                )


def much_longer(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if the translation is more than three times as long as the English.

    Words marked as English, such as a name beside its translation, are not counted.
    """
    most = max(_SHORT, TIMES_AS_LONG * max(scripts.columns(form.bare) for form in pair.english))
    if any(scripts.columns(markup.without_english(form.rest)) > most for form in pair.said):
        yield (
            "it is more than three times as long as the English",
            "Say it in fewer words, or check that it fits.",
        )


def closing(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if the closing punctuation is of another kind than in the English.

    Except where a script has fewer kinds: Thai ends a question with none.
    """
    wanted = scripts.closing(pair.english[0].bare)
    for form in pair.said:
        if not scripts.ends_as(form.bare, wanted):
            yield (
                f"it ends with {scripts.closing(form.bare)}, and the English with {wanted}",
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
        for sentence in sentences(form.bare):
            if (words := scripts.word_count(sentence)) > MOST_WORDS:
                yield (
                    f"a sentence of {words} words",
                    f"Split it into sentences of {MOST_WORDS} words or fewer.",
                )


def glossary(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if a recurring term is not translated as the glossary chose, or has a word it avoids."""
    english = markup.without(pair.english[0].text)
    for form in pair.said:
        yield from pair.glossary.problems(pair.language.tag, english, form.rest)


def unusual_plurals(pair: Pair) -> Iterator[tuple[str, str]]:
    """Warn if counts share a form that share none by the language's rule in gettext and in CLDR.

    These two differ in some languages, such as Latvian and Portuguese. Both are in use.
    """
    if len(pair.english) == 1:
        return
    usual, cldr = pair.language.plural_rule, pair.language.babel.plural_form
    grouped, expected = grouping(pair.rule.index), grouping(usual.index)
    if grouped not in (expected, grouping(cldr)):
        both = enumerate(zip(grouped, expected, strict=True))
        other = next(count for count, (one, two) in both if one != two)
        yield (
            f"the line Plural-Forms in the header gives {other} another form than is usual",
            (
                f'Write there "Plural-Forms: {usual.header}\\n", which is usual in this language. '
                "Then see that each form fits its counts."
            ),
        )


ENGLISH_LEFT: tuple[Check, ...] = (same_as_english, english_words)
WARNINGS: tuple[Check, ...] = (
    words_beside_facts,
    much_longer,
    closing,
    *ENGLISH_LEFT,
    long_sentence,
    glossary,
    unusual_plurals,
)
