"""A value of a TOML file is changed, and every other character stays as it is."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection_outcome.report.files import BOM, find
from inspection_outcome.report.held import facts_in, sentence_in
from inspection_outcome.report.load import load
from inspection_outcome.report.toml_edit import literal, spans, with_values
from msgspec import structs
from pseudo_locales import NORTHMARSH, SMALL

ODD = """# A note = "none" [x]
top = 'it''s' # no
[ a . "b c" ] # a header
k.l = [ 1, # one
  [ "]", '}' ], { x = 2, "y.z" = [3] }, ]
when = 1979-05-27 07:32:00
at = 07:32:00 # with a note
text = \"\"\"
A "quoted\\" text, ""with"" # no note
[no.header]
\"\"\"\"
raw = '''
'x' \\'''
[[list]]
id = "first.one"
text = "First"
[list.in]
id = "first.in"
text = 'In'
[other]
e = {}
n = []
f = 1e6
[[list]]
id = "second.one"
text = "Sec # ond"
""".replace("'it''s'", '"it\'s"')


def leaves(data: Any, here: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    """Return each value that holds no other, by its place."""
    found: dict[tuple[str | int, ...], Any] = {}
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list) and value:
            found |= leaves(value, (*here, key))
        else:
            found[(*here, key)] = value
    return found


def texts() -> list[str]:
    paths = [Path(path) for folder in (SMALL, NORTHMARSH) for path in find(folder, ".toml")]
    return [ODD, ODD.replace("\n", "\r\n"), *(path.read_text(encoding="utf-8") for path in paths)]


def test_every_value_is_found_where_tomllib_reads_it() -> None:
    for text in texts():
        found, truth = spans(text), leaves(tomllib.loads(text))

        read = {
            place: tomllib.loads(f"x = {text[slice(*found[place])]}")["x"]
            for place in truth.keys() & found.keys()
        }

        assert read == truth


values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text("\"\\'\n\r\t\x00\x7f\u2028#={}[]"),
    st.integers(0, 10**9),
    st.dates(),
    st.times().map(lambda each: each.replace(microsecond=0)),
    st.lists(st.integers(0, 99)),
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", BOM])
@settings(deadline=None)  # the first example reads all of ODD
@given(place=st.sampled_from(sorted(leaves(tomllib.loads(ODD)), key=str)), value=values)
def test_only_this_value_changes(
    mark: str, end: str, place: tuple[str | int, ...], value: Any
) -> None:
    text = ODD.replace("\n", end)
    start, stop = spans(text)[place]

    changed = with_values(mark + text, {place: value})

    assert changed == f"{mark}{text[:start]}{literal(value)}{text[stop:]}"
    truth = leaves(tomllib.loads(text)) | {place: value}
    assert leaves(tomllib.loads(changed.removeprefix(BOM))) == {
        # An empty list stays a value of its own; others are told by what is in them.
        key: each
        for at, said in truth.items()
        for key, each in (
            leaves(said, at) if isinstance(said, list) and said else {at: said}
        ).items()
    }


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        with_values("a = = 1", {("a",): 2})


def test_a_change_that_would_change_something_else_is_refused() -> None:
    """As with a value that tomllib does not give back as it was."""
    with pytest.raises(ValueError, match="Change it by hand"):
        with_values("a = nan\nb = 1", {("b",): 2})


@pytest.mark.parametrize("folder", [SMALL, NORTHMARSH], ids=["small", "second"])
def test_every_fact_is_held_somewhere_or_counted(folder: Path) -> None:
    report = load(folder)
    text = (folder / "report.toml").read_text(encoding="utf-8")

    held = facts_in(text)

    counted = {"pages_count", "sources_count", "areas_count", "actions_count", "updated"}
    assert held.keys() == report.facts.keys() - counted
    for name, each in held.items():
        fact = report.facts[name]
        if len(each.values) == 1:
            (value,) = each.values.values()
            assert literal(value) == literal(_plain(structs.asdict(fact)["value"]))
        elif name != "councils_count":
            assert list(each.values) == [f for f in fact.__struct_fields__ if f != "source"]


def _plain(value: Any) -> Any:
    value = getattr(value, "value", value)
    return list(value) if isinstance(value, tuple) else value


def test_a_sentence_is_found_by_its_id_wherever_it_stands() -> None:
    held = sentence_in(BOM + ODD, "first.in")

    assert held
    assert (held.table, held.values) == (("list", 0, "in"), {"text": "In"})
    assert sentence_in(ODD, "second.two") is None
