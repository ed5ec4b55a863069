"""Take one sentence out of an old version of a PO file, without parsing all of it."""

from functools import lru_cache

import polib

from inspection_outcome.i18n import plural_forms, po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.po_change import find
from inspection_outcome.i18n.po_file import Translation


def translation_in(content: bytes, language: Language, id_: str) -> Translation | None:
    """Return what a version of a language's file says of a sentence.

    None if it says nothing of it, or nothing that can be read.
    """
    content = content.replace(b"\r\n", b"\n")
    place = content.find(f'\nmsgctxt "{id_}"\n'.encode())
    if place < 0:
        return None
    begin, end = content.rfind(b"\n\n", 0, place + 1), content.find(b"\n\n", place)
    header = content[: content.find(b"\n\n")]
    return _read(header + content[max(begin, 0) : end if end > 0 else None] + b"\n", language, id_)


@lru_cache(maxsize=512)  # most versions of a file say the same of a sentence
def _read(header_and_entry: bytes, language: Language, id_: str) -> Translation | None:
    try:
        po = polib.pofile(header_and_entry.decode("utf-8-sig"), wrapwidth=0)
        header = po.metadata.get("Plural-Forms")
        rule = plural_forms.parse(header) if header else language.plural_rule
    except (OSError, ValueError, IndexError, KeyError):
        return None  # such as with the marks of a merge: polib has no error of its own
    entry = find(po, id_)
    return po_file.translation(entry, rule) if entry else None
