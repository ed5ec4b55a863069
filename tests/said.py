"""Whether a page says a sentence."""

import re
from collections.abc import Iterable, Mapping

from house_rules import Get
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML


class Said:
    """The texts of pages' main parts, without text for screen readers only."""

    def __init__(self, get: Get, sentences: Mapping[str, Sentence]) -> None:
        self._get = get
        self._sentences = sentences
        self._texts: dict[str, str] = {}

    def lacking(self, ids: Iterable[str], path: str) -> list[str]:
        """Return the ids of the sentences that are gone, or that a page does not say."""
        return [
            id_
            for id_ in ids
            if id_ not in self._sentences or not self._by(self._sentences[id_], path)
        ]

    def _by(self, sentence: Sentence, path: str) -> bool:
        """Return whether a page says a sentence: the longest run of its plain words is there.

        Markup and facts are rendered differently.
        """
        if path not in self._texts:
            self._texts[path] = _without_unseen(self._get(path))
        return any(
            max(re.split(r"\{\w+\}|\*\*|\[|\]\([^)]*\)", form), key=len).strip(" .,:")
            in self._texts[path]
            for form in sentence.forms
        )


def _without_unseen(page: JustHTML) -> str:
    main = page.query("main")[0].clone_node(deep=True)  # other tests read the same page
    for each in [*main.query(".unseen"), *main.query("svg")]:
        if each.parent is not None:
            each.parent.remove_child(each)
    # No space is inserted between the inline elements of a block.
    inline = "".join(
        " " if text == "\n" else text for text in main.to_text(separator="", strip=False)
    )
    return " ".join(inline.split())
