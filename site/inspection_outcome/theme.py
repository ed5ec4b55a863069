"""Templates, style sheets, scripts and pictures, all read at once: no reader meets a broken one."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from inspection_outcome.i18n.format import href
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.pages.layout import OPEN_LICENCE
from inspection_outcome.pages.offline import LIMIT, File
from inspection_outcome.pages.urls import MARK, PICTURES, SCRIPT, WORKER
from inspection_outcome.report.facts import Fact
from inspection_outcome.report.sentence import Sentence

_FILES = (
    (WORKER, "text/javascript; charset=utf-8"),
    (PICTURES, "image/svg+xml"),
    (MARK, "image/svg+xml"),
)


class _WithoutIndents(FileSystemLoader):
    """Loads templates without the indents of their lines: readers need not load what is for us."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return re.sub(r"\n[ \t]+", "\n", source), path, is_current


class Theme(NamedTuple):
    """The parsed theme directory.

    `style_hashes`: the Content-Security-Policy sources that allow the pages' inline styles;
    `files`: scripts and pictures by address.
    """

    templates: Environment
    style_hashes: str
    files: Mapping[str, File]

    @classmethod
    def read(cls, folder: Path) -> "Theme":
        """Load every template, style sheet, script and picture.

        Style sheets are joined in the order of their names, and so are scripts. What only some
        pages need is a style of its own, which these have after the common one. Raise Jinja's
        errors, OSError and UnicodeDecodeError.
        """
        static = folder / "static"
        common = _for_readers("".join(_texts(static / "styles", "*.css").values()))
        some = _texts(static / "styles" / "some-pages", "*.css")
        styles = {name: _for_readers(style) for name, style in some.items()}
        templates = Environment(
            loader=_WithoutIndents(folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
        )
        templates.filters |= {
            "say": _say,
            "translation": _translation,
            "english": _english,
            "label": _label,
            "plain": _plain,
            "title": _title,
            "lang": _lang,
            "fact": _fact,
            "href": href,
        }
        templates.globals |= {
            "OPEN_LICENCE": OPEN_LICENCE,
            "SCRIPT": SCRIPT,
            "PICTURES": PICTURES,
            "MARK": MARK,
            "OFFLINE_LIMIT": LIMIT,
            "STYLE": common,
            "STYLES": styles,
        }
        _compile(templates)
        digests = [hashlib.sha256(style.encode()).digest() for style in (common, *styles.values())]
        hashes = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests)
        files = {
            SCRIPT: File("text/javascript; charset=utf-8", _script(static / "scripts")),
            **{
                address: File(type_, (static / address[1:]).read_text(encoding="utf-8"))
                for address, type_ in _FILES
            },
        }
        return cls(templates, hashes, files)


def _compile(templates: Environment) -> None:
    """Compile every template, if possible with a bytecode cache: starts take a fifth less time."""
    names = templates.list_templates(filter_func=_is_shown)
    try:
        templates.bytecode_cache = FileSystemBytecodeCache()
        for name in names:
            templates.get_template(name)
    except (OSError, RuntimeError):  # a full disk, or no private temp directory
        templates.bytecode_cache = None
        for name in names:
            templates.get_template(name)


def _is_shown(path: str) -> bool:
    """Return whether a file is not hidden: an editor's lock has the name `.#page.html`."""
    return not path.rpartition("/")[2].startswith(".")


def _texts(folder: Path, pattern: str) -> dict[str, str]:
    """Return the text of each file that is not hidden, by its stem, in the order of their names."""
    paths = [path for path in sorted(folder.glob(pattern)) if _is_shown(path.name)]
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def _script(folder: Path) -> str:
    """Return all scripts as one, without indents and lines of comment, which are not for readers.

    No string in them runs over several lines.
    """
    lines = [line.strip() for line in "".join(_texts(folder, "*.js").values()).splitlines()]
    return "\n".join(line for line in lines if not line.startswith("//"))


def _for_readers(style: str) -> Markup:
    """Return a style sheet without comments and spaces: readers need not load what is for us.

    No string in it holds a comment, and a space before a colon is kept: it finds descendants.
    """
    code = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return Markup(  # noqa: S704 (the package's own style sheets)
        re.sub(r"\s*([{};,>])\s*|(?<=:)\s+", r"\1", code)
    )


def _page_translator(context: Context) -> PageTranslator:
    page_translator: PageTranslator = context["page_translator"]
    return page_translator


@pass_context
def _say(context: Context, sentence: Sentence | str, **slots: Fact) -> Markup:
    return _page_translator(context).say(sentence, **slots)


@pass_context
def _translation(context: Context, sentence: Sentence | str) -> Markup:
    return _page_translator(context).translation(sentence)


@pass_context
def _english(context: Context, sentences: Iterable[Sentence]) -> Markup:
    return _page_translator(context).english(sentences)


@pass_context
def _label(context: Context, sentence: Sentence | str, **slots: Fact) -> Markup:
    return _page_translator(context).label(sentence, **slots)


@pass_context
def _plain(context: Context, sentence: Sentence | str, **slots: Fact) -> str:
    return _page_translator(context).plain(sentence, **slots)


@pass_context
def _title(context: Context, *sentences: Sentence) -> str:
    return _page_translator(context).title(*sentences)


@pass_context
def _lang(context: Context, *sentences: Sentence | str) -> Markup:
    return _page_translator(context).lang(*sentences)


@pass_context
def _fact(context: Context, fact: Fact) -> Markup:
    return _page_translator(context).fact(fact)
