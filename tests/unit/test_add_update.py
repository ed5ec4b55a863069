"""What staff see and do with `flask content add-update`."""

import datetime as dt
import difflib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome import create_app
from inspection_outcome.authoring import faults, updates
from inspection_outcome.commands import update_questions
from inspection_outcome.commands import updates as commands
from inspection_outcome.commands.content import content
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import po_file
from inspection_outcome.report import load, progress
from inspection_outcome.report.edit import with_day, with_update
from inspection_outcome.report.model import Status
from pseudo_locales import NORTHMARSH

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
Spoil = Callable[[str, str, str], Path]
FOREIGN = pseudo_locales.LONG
TODAY = dt.date(2026, 3, 31)
GOOD = {
    "--action": "train",
    "--date": "2026-03-30",
    "--status": "done",
    "--source": "inspectors",
    "--text": "All of them were trained.",
}


@pytest.fixture
def languages(tmp_path: Path, small: Path) -> Path:
    """Return a translations folder of the small content with a pseudo-locale."""
    return pseudo_locales.folder(tmp_path / "languages", (FOREIGN,), pseudo_locales.messages(small))


@pytest.fixture
def run(small: Path, languages: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command on the small content on TODAY."""
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(languages))
    for module in (updates, faults, update_questions, commands):
        monkeypatch.setattr(module, "today", lambda: TODAY)

    def add(*flags: str, keys: str = "", **changed: str | None) -> Result:
        given = {name: changed.get(name.strip("-"), value) for name, value in GOOD.items()}
        given |= {f"--{name}": value for name, value in changed.items()}
        options = [
            part for name, value in given.items() if value is not None for part in (name, value)
        ]
        return CliRunner().invoke(content, ["add-update", *options, *flags], input=keys)

    return add


def text(small: Path) -> str:
    return (small / "report.toml").read_bytes().decode()


def changes(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the removed lines and the added lines."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    removed = [line[2:] for line in lines if line[0] == "-"]
    added = [line[2:] for line in lines if line[0] == "+"]
    return removed, added


def test_it_adds_an_update_and_changes_nothing_else(run: Run, small: Path) -> None:
    before = text(small)

    told = run("--yes")

    went, came = changes(before, text(small))
    assert told.exit_code == 0, told.output
    assert went == ["updated = 2025-03-01"]
    assert came == [
        "updated = 2026-03-31",
        'id = "train-2026-03-30"',
        'action = "train"',
        "date = 2026-03-30",
        'status = "done"',
        "[update.text]",
        'id = "report.update-train-2026-03-30"',
        'text = "All of them were trained."',
        'source = "inspectors"',
        "",
        "[[update]]",
    ]
    report = load.load(small)
    assert progress.status(report, report.actions[0]) is Status.DONE


def test_a_long_file_keeps_its_comments_and_its_order(run: Run, small: Path) -> None:
    """Above all the headings of its parts, which are comments between tables."""
    shutil.copytree(NORTHMARSH, small, dirs_exist_ok=True)
    before = text(small)
    for part in ("source", "judgement", "action", "update", "event", "contact"):
        before = before.replace(f"\n[[{part}]]", f"\n# ---- each {part} ----\n\n[[{part}]]", 1)
    (small / "report.toml").write_text(before, encoding="utf-8")

    told = run(
        "--yes", action="rewrite", source="made-up-plan", date="2026-02-27", text="It said so."
    )

    went, came = changes(before, text(small))
    assert told.exit_code == 0, told.output
    assert went == ["updated = 2026-03-02"]
    assert len(came) == 11
    assert 'id = "rewrite-2026-02-27-2"' in came
    assert '# ---- each update ----\n\n[[update]]\nid = "rewrite-2026-02-27-2"' in text(small)


def test_it_shows_what_readers_will_get_and_asks(run: Run, small: Path) -> None:
    before = text(small)

    told = run(keys="n\n", text="They had {schools} schools.")

    assert "Says:    They had 12 schools." in told.output
    assert "Action:  Train people" in told.output
    assert "Status:  planned, and now done" in told.output
    assert told.exit_code == 1
    assert "Nothing was written." in told.output
    assert text(small) == before


def test_the_same_is_not_added_twice(run: Run, small: Path) -> None:
    run("--yes")
    before = text(small)

    told = run("--yes")

    assert (told.exit_code, text(small)) == (1, before)
    assert "This is there already, as train-2026-03-30." in told.output
    assert run("--yes", text="They said it again.").exit_code == 0


def test_it_says_which_languages_now_need_a_translation(run: Run) -> None:
    told = run("--yes").output

    assert "It now needs a translation into: Łóongéer Éenglíish (qaa)." in told


def test_it_asks_whether_what_was_not_known_still_is_not(
    run: Run, spoil: Spoil, small: Path
) -> None:
    unknown = '\nid = "{}.when"\ntext = "When?"\nsource = "facts"\n'
    spoil(
        "report.toml",
        "\n[[update]]",
        f"\n[[action.not_known]]{unknown.format('report')}\n[[update]]",
    )
    with (small / "home.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[section.not_known]]{unknown.format('home')}")

    told = run("--yes").output

    question = (
        "Is all of this still true?\n"
        "  report.toml, report.when: When?\n"
        "  home.toml, home.when: When?"
    )
    assert question in told


def test_it_asks_for_what_is_not_given(run: Run, small: Path) -> None:
    nothing = dict.fromkeys(("action", "date", "status", "source", "text"))

    told = run(keys="train\ninspectors\n2026-03-01\nunder-way\nIt has begun.\ny\n", **nothing)

    assert told.exit_code == 0, told.output
    assert "train: Train people" in told.output
    newest = load.load(small).updates[0]
    assert (newest.date, newest.status, newest.text.text) == (
        dt.date(2026, 3, 1),
        Status.UNDER_WAY,
        "It has begun.",
    )


def test_a_document_without_a_day_is_noted_today_and_gives_no_status(run: Run, small: Path) -> None:
    told = run(keys="\n\ny\n", date=None, status=None)

    assert told.exit_code == 0, told.output
    newest = load.load(small).updates[0]
    assert (newest.date, newest.seen, newest.status) == (None, TODAY, None)
    assert "Status:  planned, as before" in told.output


def test_the_day_of_a_source_is_offered(run: Run, spoil: Spoil, small: Path) -> None:
    source = (
        '[[source]]\nid = "letter"\ndate = 2026-02-02\n'
        '[source.name]\nid = "report.letter"\ntext = "A letter"\n'
    )
    spoil("report.toml", "[[source]]", f'{source}source = "site"\n\n[[source]]')

    told = run("--yes", keys="\n", source="letter", date=None)

    assert told.exit_code == 0, told.output
    assert load.load(small).updates[0].date == dt.date(2026, 2, 2)


def test_a_sentence_that_will_not_do_is_asked_for_again(run: Run, small: Path) -> None:
    told = run(keys="All 12 of them.\nAll of them.\ny\n", text=None)

    assert "digits typed in: 12" in told.output
    assert load.load(small).updates[0].text.text == "All of them."


@pytest.mark.parametrize(
    ("option", "value", "says", "remedy"),
    [
        ("date", "2026-04-01", "2026-04-01 is still to come", "Give a day up to today"),
        ("seen", "2026-04-01", "2026-04-01 is still to come", "Give a day up to today"),
        ("date", "31.3.2026", "'31.3.2026' is no day", "like 2026-03-31"),
        ("date", "2026-02-30", "'2026-02-30' is no day", "like 2026-03-31"),
        ("action", "swim", "there is no action 'swim'", "Known: train."),
        (
            "status",
            "soon",
            "there is no status 'soon'",
            "Known: done, under-way, planned, stopped, not-known, none.",
        ),
        (
            "source",
            "rumour",
            "there is no source 'rumour'",
            "Add it to report.toml first, as a [[source]].",
        ),
        ("date", "2026-W13-1", "'2026-W13-1' is no day", "like 2026-03-31"),
        ("text", "It was 12 people.", "digits typed in: 12", "Put the value under [facts]"),
        ("text", "It is robust.", "'robust'", "say what it is"),
        ("text", "", "it is empty", "Write something here."),
        ("text", "All \u202eof them.", "a character that is no text: U+202E", "Delete it"),
    ],
)
def test_what_will_not_do_is_refused_with_a_remedy(
    option: str, value: str, says: str, remedy: str, run: Run, small: Path
) -> None:
    """A sentence is checked as all content is, and test_content.py has the other mistakes."""
    before = text(small)

    told = run("--yes", **({"date": None, option: value} if option == "seen" else {option: value}))

    assert told.exit_code != 0
    assert says in told.output
    assert remedy in told.output
    assert text(small) == before


def test_faults_that_were_there_before_do_not_stop_it(run: Run, spoil: Spoil, small: Path) -> None:
    """Only faults of style are meant: content with a fault of truth cannot be loaded."""
    spoil("home.toml", "Inspectors came on {visit}.", "It is robust. Inspectors came on {visit}.")

    assert run("--yes").exit_code == 0
    assert len(load.load(small).updates) == 2


def test_content_with_a_fault_of_truth_is_told_and_left_as_it_is(
    run: Run, spoil: Spoil, small: Path
) -> None:
    spoil("report.toml", 'grade = "requires-improvement"', 'grade = "great"')
    before = text(small)

    told = run("--yes")

    assert (told.exit_code, text(small)) == (1, before)
    assert "judgement[overall].grade" in told.output


@pytest.mark.parametrize(
    ("moment", "stop"),
    [("fsync", OSError("disk full")), ("replace", KeyboardInterrupt)],
    ids=["disk full", "interrupted"],
)
def test_an_interrupted_write_leaves_the_old_file_whole(
    moment: str, stop: BaseException, run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text(small)
    real = getattr(os, moment)
    done: list[object] = []

    def interrupted(*arguments: object) -> None:
        """Fail on the second call: the first one writes the trial copy."""
        done.append(arguments)
        if len(done) > 1:
            raise stop
        real(*arguments)

    monkeypatch.setattr(os, moment, interrupted)

    assert run("--yes").exit_code != 0
    assert len(done) == 2
    assert text(small) == before
    assert sorted(path.name for path in small.iterdir()) == [
        "help.toml",
        "home.toml",
        "report.toml",
    ]


def test_what_an_editor_saves_meanwhile_is_not_overwritten(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the last moment, just before the new file is put in its place."""
    fsync, written = os.fsync, []

    def meanwhile(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 2:  # the first one is the trial copy
            (small / "report.toml").write_text(text(small) + "# mine\n", encoding="utf-8")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile)

    told = run("--yes")

    assert told.exit_code == 1
    assert "was changed meanwhile" in told.output
    assert text(small).endswith("# mine\n")
    assert "train-2026-03-30" not in text(small)


def test_a_report_without_updates_gets_its_first(run: Run, small: Path) -> None:
    before = text(small)
    start = before.index("[[update]]")
    end = before.index("[[event]]")
    (small / "report.toml").write_text(before[:start] + before[end:], encoding="utf-8")

    told = run("--yes")

    assert told.exit_code == 0, told.output
    assert [each.id for each in load.load(small).updates] == ["train-2026-03-30"]


def test_updates_written_in_one_line_are_not_touched(run: Run, small: Path) -> None:
    before = text(small)
    start, end = before.index("[[update]]"), before.index("[[event]]")
    said = '{ id = "report.update-train", text = "So.", source = "inspectors" }'
    line = f'update = [{{ id = "a", action = "train", date = 2025-02-20, text = {said} }}]\n'
    (small / "report.toml").write_text(line + before[:start] + before[end:], encoding="utf-8")
    before = text(small)

    told = run("--yes")

    assert (told.exit_code, text(small)) == (1, before)
    assert "Add it by hand, as a table [[update]]." in told.output


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_windows_line_ends_and_a_byte_order_mark_stay(mark: str, run: Run, small: Path) -> None:
    before = mark + text(small).replace("\n", "\r\n")
    (small / "report.toml").write_bytes(before.encode())

    assert run("--yes").exit_code == 0

    after = text(small)
    assert after.count("\n") == after.count("\r\n")
    assert (after.startswith("\ufeff"), after.count("\ufeff")) == (bool(mark), len(mark))
    assert changes(before, after)[0] == ["updated = 2025-03-01"]


UPDATE = """# what they said
[[update]]
id = "b"
action = "train"
date = 2025-02-21
[update.text]
id = "report.b"
text = "So."
source = "inspectors"
"""


@pytest.mark.parametrize(
    ("find", "replace"),
    [
        ("[[event]]", f"{UPDATE}# end of updates\n\n[[event]]"),
        ("[[update]]", "# mine\n# in two lines\n[[update]]"),
        ("[[update]]", "[[ update ]]  # the first"),
        ("[facts.schools]", f"{UPDATE}\n# in between\n[facts.schools]"),
        ('text = "For anyone."', 'text = """For anyone."""'),
        ('source = "facts"\n', 'source = "facts"'),
    ],
    ids=["apart", "with a comment", "spaced", "scattered", "long text", "no end of line"],
)
def test_every_other_line_stays_as_it_is_and_where_it_is(
    find: str, replace: str, run: Run, small: Path
) -> None:
    before = text(small)
    assert find in before
    parts = before.rpartition(find) if find.endswith("\n") else before.partition(find)
    (small / "report.toml").write_text(parts[0] + replace + parts[2], encoding="utf-8")
    before = text(small)

    told = run("--yes")

    went, came = changes(before, text(small))
    assert told.exit_code == 0, told.output
    assert went == ["updated = 2025-03-01"]
    assert len(came) in {10, 11}
    if "# mine" in replace:
        assert '# mine\n# in two lines\n[[update]]\nid = "train-2025-02-20"' in text(small)


def test_what_stands_in_the_way_is_not_taken_for_the_place(small: Path) -> None:
    """For example, a table header inside a string."""
    odd = text(small).replace('text = "For anyone."', 'text = """For\n[[update]]\nanyone."""')
    start, end = odd.index("[[update]]"), odd.index("[[event]]")
    update = load.load(small).updates[0]

    with pytest.raises(ValueError, match="Add it by hand"):
        with_update(odd[:start] + odd[end:], update, TODAY)


def test_a_link_stays_a_link(run: Run, small: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    (small / "report.toml").rename(real)
    (small / "report.toml").symlink_to(real)
    (small / "gone.txt").symlink_to(tmp_path / "nowhere")

    assert run("--yes").exit_code == 0

    assert (small / "report.toml").is_symlink()
    assert "train-2026-03-30" in real.read_text(encoding="utf-8")


def test_a_later_day_of_the_last_change_stays(run: Run, spoil: Spoil, small: Path) -> None:
    spoil("report.toml", "updated = 2025-03-01", "updated = 2026-12-24")

    assert run("--yes").exit_code == 0
    assert load.load(small).site.updated == dt.date(2026, 12, 24)


def test_an_id_that_a_sentence_has_is_not_given_again(run: Run, spoil: Spoil, small: Path) -> None:
    spoil("report.toml", 'id = "report.update-train"', 'id = "report.update-train-2026-03-30"')

    assert run("--yes").exit_code == 0
    assert load.load(small).updates[0].id == "train-2026-03-30-2"


def test_a_reading_age_that_was_too_high_before_does_not_stop_it(run: Run, spoil: Spoil) -> None:
    hard = "Organisational documentation responsibilities remained significantly underdeveloped."
    spoil("report.toml", "Some were not clear.", hard)

    told = run("--yes")

    assert told.exit_code == 0, told.output


def test_without_an_action_it_says_so(run: Run, small: Path) -> None:
    toml = text(small)
    start, end = toml.index("[[action]]"), toml.index("[[event]]")
    (small / "report.toml").write_text(toml[:start] + toml[end:], encoding="utf-8")

    told = run(keys="train\n", action=None)

    assert told.exit_code == 1
    assert "there is no action in report.toml yet" in told.output


def test_the_day_of_a_source_may_not_be_to_come_either(run: Run, spoil: Spoil) -> None:
    source = (
        '[[source]]\nid = "letter"\ndate = 2099-02-02\n'
        '[source.name]\nid = "report.letter"\ntext = "A letter"\n'
    )
    spoil("report.toml", "[[source]]", f'{source}source = "site"\n\n[[source]]')

    told = run("--yes", keys="\n2026-03-01\n", source="letter", date=None)

    assert told.exit_code != 0
    assert "2099-02-02 is still to come" in told.output


@pytest.mark.usefixtures("run")  # it sets the current day
def test_a_day_to_come_in_the_file_is_told(small: Path, languages: Path, spoil: Spoil) -> None:
    spoil("report.toml", "date = 2025-02-20", "date = 2026-04-01")

    told = faults.check_content(Folders(small, languages))

    assert [(fault.field, fault.problem) for fault in told] == [
        ("update[train-2025-02-20]", "2026-04-01 is still to come")
    ]


def test_what_a_file_holds_does_not_steer_the_terminal(run: Run, spoil: Spoil) -> None:
    spoil("report.toml", "[[judgement]]", '[["\\u001b]0;owned"]]\n[[judgement]]')

    told = run("--yes")

    assert "\x1b" not in told.output
    assert "\\u001b]0;owned" in told.output


def test_quotation_marks_and_backslashes_arrive_as_they_are(run: Run, small: Path) -> None:
    said = 'They said “yes”, "no" and C:\\new.'

    run("--yes", text=said)

    assert load.load(small).updates[0].text.text == said


def test_readers_of_another_language_keep_their_page(
    run: Run, small: Path, languages: Path
) -> None:
    """They get the new sentence in English, marked as English, until it is translated."""
    run("--yes", text="All of them.")
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(languages)}

    assert create_app(environ, watch=False).test_client().get("/qaa/").status_code == 200
    path = po_file.path_of(languages, FOREIGN)
    assert "All of them." not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "faulty", ["", "x = [", "site = 1", "[site]\nupdated = '1 May'\n", f"x = {'[' * 5_000}"]
)
def test_a_faulty_file_gets_no_day_and_people_are_told(faulty: str) -> None:
    with pytest.raises(ValueError, match="flask content check"):
        with_day(faulty, TODAY)
