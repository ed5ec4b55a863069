"""Plural rules: which form of a translation is for which count, as a PO file's header says.

Tools, and releases of Babel, differ in the number and order of one language's forms. So a form has
no meaning without the rule that its own file declares, in the header field Plural-Forms (GNU
gettext manual, section 'Plural forms'): the number of forms, and a C expression of the count n.
"""

import gettext
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct

_FIELD = re.compile(r"nplurals=\s*([1-9])\s*;\s*plural=([ -:<-~]{1,1000}+);?\s*")
"""One digit, because polib reads no index of two; the longest rule in use has 472 characters.

The expression is printable ASCII without a semicolon.
"""
_COUNTS = (
    *range(1001),
    *(power + more for power in (10**4, 10**5, 10**6, 10**9) for more in (-1, 0, 1, 2)),
)
"""The counts for which a rule is tried. Some rules treat millions apart."""
_TOLD = range(201)
_EXAMPLES = 4
_LITERAL = re.compile(r"\b[0-9]{1,9}\b")


class PluralRule(Struct, frozen=True):
    """The rule of a Plural-Forms field."""

    header: str
    """The field's value."""
    forms: int
    """The number of forms."""
    evaluate: Callable[[int], int]
    indexes: bytes
    """The index of the form for each count that is tried."""

    def index(self, count: int) -> int:
        """Return the index of the form for a count of 0 or more, from 0.

        For a count that was not tried, and for which the expression gives no index, it is 0, as in
        GNU gettext (dcigettext.c, plural_lookup).
        """
        try:
            index = self.evaluate(count)
        except ZeroDivisionError:
            return 0
        return index if 0 <= index < self.forms else 0

    def told(self, place: int) -> str:
        """Return which counts a form is for, for people: 'for 2, 3, 4, 22…'."""
        counts = [count for count in _TOLD if self.index(count) == place]
        if not counts:
            return "for fractions, like 1.5"
        more = "…" if len(counts) > _EXAMPLES else ""
        return f"for {', '.join(map(str, counts[:_EXAMPLES]))}{more}"

    def shown(self, forms: Sequence[str]) -> tuple[str, Sequence[str]]:
        """Return which forms are shown for which counts, the same for equivalent rules.

        First the number of a form for each count that is tried, then these forms, in the order
        in which they come up. Forms for fractions alone are left out.
        """
        by_count = [forms[index] for index in self.indexes]
        order = {form: str(number) for number, form in enumerate(dict.fromkeys(by_count))}
        return "".join(map(order.__getitem__, by_count)), list(order)

    def refit(self, forms: Sequence[str], other: "PluralRule") -> tuple[str, ...] | None:
        """Return the forms of another rule in the order of this one.

        None if this rule has one form for counts that have several. A form for fractions alone is
        the other's last one, as that is where CLDR has it.
        """
        if other.header == self.header:
            return tuple(forms)
        by_index: dict[int, str] = {}
        for index, place in zip(self.indexes, other.indexes, strict=True):
            if by_index.setdefault(index, forms[place]) != forms[place]:
                return None
        return tuple(by_index.get(index, forms[-1]) for index in range(self.forms))


@lru_cache(maxsize=64)
def parse(header: str) -> PluralRule:
    """Return the rule in the value of a Plural-Forms field.

    Raise ValueError, with what is wrong for staff, if it is malformed, or gives no index of a form
    for some count. A form that no count has is accepted: CLDR's 'other' is for fractions in Polish.
    """
    found = _FIELD.fullmatch(header)
    if not found:
        raise ValueError("it is not written like 'nplurals=2; plural=(n != 1);'")
    forms, expression = int(found[1]), found[2].strip()
    try:
        # It takes only n, numbers, brackets and operators, and limits the length and the depth.
        evaluate = gettext.c2py(expression)
    except (ValueError, SyntaxError, RecursionError, MemoryError, OverflowError):
        raise ValueError("its expression is not understood") from None
    literals = {int(literal) for literal in _LITERAL.findall(expression)}
    beside = {literal + more for literal in literals for more in (-1, 0, 1)}
    indexes = [_tried(evaluate, count, forms) for count in (*_COUNTS, *sorted(beside - {-1}))]
    return PluralRule(
        f"nplurals={forms}; plural={expression};", forms, evaluate, bytes(indexes[: len(_COUNTS)])
    )


def grouping(form_of: Callable[[int], object]) -> list[int]:
    """Return, for each count from 0 to 200, the first count that has the same form."""
    first: dict[object, int] = {}
    return [first.setdefault(form_of(count), count) for count in range(201)]


def _tried(evaluate: Callable[[int], int], count: int, forms: int) -> int:
    """Return the index of the form for a count. Raise ValueError if there is none."""
    try:
        index = evaluate(count)
    except ZeroDivisionError:
        raise ValueError(f"for the count {count}, it divides by 0") from None
    if not 0 <= index < forms:
        raise ValueError(f"for the count {count}, it gives none of its forms, 0 to {forms - 1}")
    return index
