"""One immutable snapshot of everything that pages depend on besides language and day, and its keeper."""

import base64
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from outcome.pages.addresses import ALL, target_address
from outcome.pages.frame import OPEN_LICENCE, Frame, error_frame, page_frame
from outcome.pages.page import build as build_page
from outcome.pages.page import build_all
from outcome.pages.preview import preview
from outcome.report import load as content
from outcome.report.facts import Fact
from outcome.report.faults import ContentError
from outcome.report.model import Report, Sentence
from outcome.words import interface, languages
from outcome.words.languages import ENGLISH, Language
from outcome.words.say import Voice
from outcome.words.spell import href

PACKAGE = Path(__file__).parent
ERRORS = (400, 404, 405, 500)
"""The statuses that have words of their own; others are told as 400 or 500."""
_WATCHED = {".toml", ".po", ".html", ".css"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Folders:
    """Where an edition is built from: the report's content, the translations, and the package's look."""

    content: Path
    translations: Path
    look: Path = PACKAGE

    @property
    def interface(self) -> Path:
        """The file of the interface's own words."""
        return self.look / "words" / "interface.toml"

    def state(self) -> frozenset[tuple[object, ...]]:
        """What changes when any file of an edition changes. A file that goes while it is looked at counts as gone."""
        found = set()
        for folder in (self.content, self.translations, self.look):
            for path in folder.rglob("*"):
                if path.suffix in _WATCHED:
                    try:
                        stat = path.stat()
                    except OSError:
                        continue
                    found.add((path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
        return frozenset(found)


class Edition:
    """One snapshot. Build it with `Edition.build`; nothing in it changes afterwards."""

    def __init__(
        self, report: Report, voices: dict[str, Voice], look: Environment, style_hash: str, public_url: str
    ) -> None:
        self.report = report
        self.style_hash = style_hash
        """The Content-Security-Policy source that allows this edition's one inline style."""
        self._voices = voices
        self._look = look
        self.public_url = public_url
        home = report.pages["home"]
        self.preview = preview([report.judgement(id_).grade for id_ in home.cards or ("overall",)])
        """The PNG that link previews show."""

    @classmethod
    def build(cls, folders: Folders, public_url: str = "") -> "Edition":
        """Read everything and prove it: each page is made once, so that no reader is the first to meet a mistake.

        Raises ContentError with every fault of truth in content, interface words or list of languages.
        """
        report = content.load(folders.content)
        words = interface.load(report, folders.interface)
        voices = {
            language.tag: Voice(language, words, report.facts, _addresses(language))
            for language in languages.load(folders.translations)
        }
        look, style_hash = _look(folders.look)
        edition = cls(report, voices, look, style_hash, public_url)
        for name in report.pages:
            edition.page(name, ENGLISH)
        for status in ERRORS:
            edition.error_page(status)
        return edition

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that readers may choose from, in order."""
        return tuple(voice.language for voice in self._voices.values())

    def language(self, tag: str) -> Language | None:
        """The language with this tag, if the site has it."""
        return self._voices[tag].language if tag in self._voices else None

    def page(self, name: str, tag: str) -> str:
        """Give the HTML of a page that exists, in a language that exists."""
        voice = self._voices[tag]
        frame = self._frame(name, voice.language)
        if name == ALL:
            chapters = build_all(self.report, frame)
            lead = self.report.pages[ALL].lead
            return self._look.get_template("pages/all.html").render(
                voice=voice, frame=frame, lead=lead, chapters=chapters
            )
        return self._look.get_template("pages/page.html").render(
            voice=voice, page=build_page(self.report, name, frame), frame=frame
        )

    def frames(self) -> Iterator[Frame]:
        """What surrounds each page in each language: its addresses among it."""
        for language in self.languages:
            for name in self.report.pages:
                yield self._frame(name, language)

    def _frame(self, name: str, language: Language) -> Frame:
        return page_frame(self.report, self.languages, language, name, self.public_url)

    def error_page(self, status: int) -> str:
        """Give the HTML that tells a reader of a failed request where to go from here."""
        voice = self._voices[ENGLISH]
        known = status if status in ERRORS else ERRORS[0] if status < ERRORS[-1] else ERRORS[-1]
        frame = error_frame(self.report, voice.language, voice.word(f"ui.error-{known}-title"))
        return self._look.get_template("pages/error.html").render(
            voice=voice, frame=frame, text=voice.word(f"ui.error-{known}-text")
        )


class Keeper:
    """Holds the current edition and looks for the next one.

    A broken change leaves the last good edition in place, and is logged once for each state of the files. Raises at
    the start whatever the first build raises.
    """

    def __init__(
        self, folders: Folders, public_url: str = "", clock: Callable[[], float] = time.monotonic, every: float = 1.0
    ) -> None:
        """Files are looked at again at most once in `every` seconds of `clock`."""
        self._folders = folders
        self._public_url = public_url
        self._clock = clock
        self._every = every
        self._lock = threading.Lock()
        # The state is taken before the build: a change during it is seen the next time.
        self._state = folders.state()
        self._edition = Edition.build(folders, public_url)
        self._due = clock() + every

    def current(self) -> Edition:
        """Give the edition to use for one request, from its start to its end."""
        if self._clock() >= self._due and self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._edition

    def _refresh(self) -> None:
        self._due = self._clock() + self._every
        state = self._folders.state()
        if state == self._state:
            return
        self._state = state
        try:
            self._edition = Edition.build(self._folders, self._public_url)
        except ContentError as error:
            # Without a traceback: it is for staff.
            log.error("The last good edition stays, because of faults in the content:\n%s", error)  # noqa: TRY400
        except Exception:  # whatever a file holds, readers keep their pages
            log.exception("The last good edition stays, because the next one cannot be built")


def _addresses(language: Language) -> Callable[[str], str]:
    return lambda target: target_address(target, language.tag)


def _look(folder: Path) -> tuple[Environment, str]:
    """Load every template and join the style sheets, in the order of their names."""
    sheets = sorted((folder / "static" / "styles").glob("*.css"))
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    look = Environment(
        # As a template, the style can be included as it is: no Markup, no `safe`.
        loader=ChoiceLoader(
            [DictLoader({"style.css": f"{{% raw %}}{style}{{% endraw %}}"}), FileSystemLoader(folder / "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,
    )
    look.filters |= {"say": _say, "plain": _plain, "fact": _fact, "href": href}
    look.globals |= {"OPEN_LICENCE": OPEN_LICENCE}
    for name in look.list_templates():
        look.get_template(name)
    rendered = look.get_template("style.css").render()
    digest = base64.b64encode(hashlib.sha256(rendered.encode()).digest()).decode()
    return look, f"'sha256-{digest}'"


@pass_context
def _say(context: Context, sentence: Sentence | str, **slots: Fact) -> Markup:
    voice: Voice = context["voice"]
    return voice.say(sentence, **slots)


@pass_context
def _plain(context: Context, sentence: Sentence | str, **slots: Fact) -> str:
    voice: Voice = context["voice"]
    return voice.plain(sentence, **slots)


@pass_context
def _fact(context: Context, fact: Fact) -> Markup:
    voice: Voice = context["voice"]
    return voice.fact(fact)
