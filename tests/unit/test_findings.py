"""A finding stands in the past and does not speak to the reader: see report/plain_english.toml."""

import pytest
from inspection_outcome.report.plain_english import findings
from inspection_outcome.report.sentence import Sentence


def problems(
    text: str, *, plural: str | None = None, paragraphs: tuple[int, ...] = (1,)
) -> list[str]:
    """Return the problems of a sentence with these English forms, as staff are told them."""
    sentence = Sentence("home.found", text, "inspectors", paragraphs, plural)
    return [fault.problem for fault in findings([("home.toml", sentence)])]


@pytest.mark.parametrize(
    "text",
    [
        "Workers did not always hear what children wanted.",
        "It helped them to get and keep a home.",
        "It was not clear that all could choose.",
        "Young people could join in and have their say.",
        "They were told how to get their health history or see a dentist.",
        "Workers helped young people find people they had lost touch with.",
        "Children who had come to the UK alone were told that they should always get legal help.",
        "Young people had more of a say, from the start.",
        "Children’s lives got much better.",
        "Plans, checks, visits and records were good; help, work and support came soon.",
        "Inspectors came in May and wrote to leaders in September.",
        "Many were told that they would be ‘closed’ or ‘stepped down’.",
        "One said: ‘I don’t know who my worker is. Can you help me?’ Nobody answered.",
        "One said that staff ‘are amazing and have changed my life’, and that it was true.",
        "One wrote: “You are kind.” Workers kept the letter.",
    ],
)
def test_a_finding_in_the_past_is_right(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Most are well supported.", "'are'"),
        ("Workers listen to children.", "'listen'"),
        ("Children get help.", "'get'"),
        ("Too many children wait too long.", "'wait'"),
        ("Not all children get help.", "'get'"),
        ("Care leavers say that they value it. Help isn't quick.", "'say', 'isn’t'"),
        ("Leaders know, and workers do not stay.", "'know', 'do'"),
        ("Families can ring. They may have to wait.", "'can', 'may'"),
        ("Workers helped. Children know them and keep in touch.", "'know', 'keep'"),
        ("‘Closed’ means that help stopped.", "'means'"),
        ("It hasn’t changed, and it’s not clear.", "'hasn’t', 'it’s'"),
    ],
)
def test_a_finding_in_the_present_is_told_with_its_verbs(text: str, verbs: str) -> None:
    assert problems(text) == [f"a finding in the present tense: {verbs}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Most of you had a home that suited you.", "'you'"),
        ("Your worker kept your plan.", "'Your', 'your'"),
        ("They asked: was it yours? Had you chosen it yourself?", "'yours', 'you', 'yourself'"),
    ],
)
def test_a_finding_that_speaks_to_the_reader_is_told(text: str, words: str) -> None:
    assert problems(text) == [f"a finding that speaks to the reader: {words}"]


def test_each_form_is_looked_at() -> None:
    told = problems("{homes} home was full.", plural="{homes} homes are full.")

    assert told == ["a finding in the present tense: 'are'"]


def test_what_is_no_finding_may_speak_to_the_reader_today() -> None:
    assert problems("You can ask for help until you turn 25.", paragraphs=()) == []
