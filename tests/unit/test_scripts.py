"""Translations in scripts of the world pass the checks, and their faults are still found.

The sentences were written by the authors of these tests. No speaker has checked them: they stand
for what a script looks like, and not for how its language says something.
"""

import unicodedata
from typing import Literal

import pytest
from inspection_outcome.i18n import checks, scripts
from inspection_outcome.i18n.glossary import NO_GLOSSARY, Choice, Glossary, Term
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.states import check_name
from inspection_outcome.report.characters import sentences
from inspection_outcome.report.errors import visible
from inspection_outcome.report.sentence import Sentence

NormalForm = Literal["NFC", "NFD"]
ENGLISH = [
    "Most children feel safe.",
    "Ring {line} or see [these words](word:audit).",
    "**You** can ask your social worker for help.",
    "Inspectors came to {council} on {visit_date}.",
    "Who can you talk to?",
    "Next page:",
    "Is this a problem?",
    "They said ‘closed’.",
    "No two children are the same, and together we help four families.",
    "First, tell somebody you trust!",
]
SAID = {
    "zh_Hans": [
        "大多数孩子感到安全。",
        "请拨打{line}，或者看看[这些词](word:audit)。",
        "**你**可以请你的社会工作者帮助你。",
        "检查员在{visit_date}来到{council}。",
        "你可以和谁谈一谈？",
        "下一页：",
        "这是一个问题吗？",
        "他们说“已关闭”。",
        "没有两个孩子是一样的，我们一起帮助四个家庭。",
        "第一步，告诉一些你信任的人！",
    ],
    "ti": [
        "መብዛሕትኦም ቆልዑ ውሕስነት ይስምዖም።",
        "ናብ {line} ደውሉ ወይ [እዘን ቃላት](word:audit) ርአዩ።",
        "**ንስኻ** ካብ ማሕበራዊ ሰራሕተኛኻ ሓገዝ ክትሓትት ትኽእል ኢኻ።",
        "ተቖጻጸርቲ ብ{visit_date} ናብ {council} መጺኦም።",
        "ምስ መን ክትዛረብ ትኽእል፧",
        "ቀጻሊ ገጽ፡",
        "እዚ ጸገም ድዩ፧",
        "“ተዓጽዩ” ኢሎም።",
        "ኩሎም ቆልዑ ሓደ ኣይኮኑን፣ ንኣርባዕተ ስድራቤታት ብሓባር ንሕግዝ፡፡",
        "መጀመርታ ንእትኣምኖ ሰብ ንገር!",
    ],
    "ps": [
        "ډېری ماشومان د خوندیتوب احساس کوي.",
        "{line} ته زنګ ووهئ یا [دا ټکي](word:audit) وګورئ.",
        "**تاسو** له خپل ټولنیز کارکوونکي څخه مرسته غوښتلی شئ.",
        "پلټونکي په {visit_date} {council} ته راغلل.",
        "له چا سره خبرې کولی شئ؟",
        "بله پاڼه:",
        "ایا دا ستونزه ده؟",
        "هغوی وویل «تړل شوی».",
        "هېڅ دوه ماشومان یو شان نه دي، او موږ په ګډه له څلورو کورنیو سره مرسته کوو۔",
        "لومړی، هغه چا ته ووایئ چې باور پرې لرئ!",
    ],
    "fa": [
        "بیشتر بچه\u200cها احساس امنیت می\u200cکنند.",
        "به {line} زنگ بزنید یا [این واژه\u200cها](word:audit) را ببینید.",
        "**شما** می\u200cتوانید از مددکار اجتماعی خود کمک بخواهید.",
        "بازرسان در {visit_date} به {council} آمدند.",
        "با چه کسی می\u200cتوانید حرف بزنید؟",
        "صفحهٔ بعد:",
        "آیا این مشکل است؟",
        "گفتند «بسته شد».",
        "هیچ دو بچه\u200cای مثل هم نیستند، و ما با هم به چهار خانواده کمک می\u200cکنیم.",
        "اول به کسی بگویید که به او اعتماد دارید!",
    ],
    "ckb": [
        "زۆربەی منداڵان هەست بە ئاسایش دەکەن.",
        "پەیوەندی بکە بە {line} یان سەیری [ئەم وشانە](word:audit) بکە.",
        "**تۆ** دەتوانیت داوای یارمەتی لە کارمەندی کۆمەڵایەتی خۆت بکەیت.",
        "پشکنەران لە {visit_date} هاتن بۆ {council}.",
        "لەگەڵ کێ دەتوانیت قسە بکەیت؟",
        "لاپەڕەی دواتر:",
        "ئایا ئەمە کێشەیە؟",
        "گوتیان «داخراوە».",
        "هیچ دوو منداڵێک وەک یەک نین، و ئێمە پێکەوە یارمەتی چوار خێزان دەدەین.",
        "سەرەتا بە کەسێک بڵێ کە متمانەت پێیەتی!",
    ],
    "vi": [
        "Hầu hết trẻ em cảm thấy an toàn.",
        "Hãy gọi {line} hoặc xem [các từ này](word:audit).",
        "**Bạn** có thể nhờ nhân viên xã hội của mình giúp đỡ.",
        "Các thanh tra viên đã đến {council} vào {visit_date}.",
        "Bạn có thể nói chuyện với ai?",
        "Trang tiếp theo:",
        "Đây có phải là vấn đề không?",
        "Họ nói “đã đóng”.",
        "Không có hai đứa trẻ nào giống nhau, và chúng tôi cùng giúp bốn gia đình.",
        "Trước hết, hãy nói với một người bạn tin tưởng!",
    ],
    "km": [
        "កុមារ\u200bភាគច្រើន\u200bមាន\u200bអារម្មណ៍\u200bថា\u200bមាន\u200bសុវត្ថិភាព។",
        "ទូរស័ព្ទ\u200bទៅ {line} ឬ\u200bមើល [ពាក្យ\u200bទាំងនេះ](word:audit)។",
        "**អ្នក**\u200bអាច\u200bសុំ\u200bជំនួយ\u200bពី\u200bបុគ្គលិក\u200bសង្គម\u200bរបស់\u200bអ្នក។",
        "អធិការ\u200bបាន\u200bមក {council} នៅ {visit_date}។",
        "តើ\u200bអ្នក\u200bអាច\u200bនិយាយ\u200bជាមួយ\u200bនរណា?",
        "ទំព័រ\u200bបន្ទាប់៖",
        "តើ\u200bនេះ\u200bជា\u200bបញ្ហា\u200bទេ?",
        "ពួកគេ\u200bនិយាយ\u200bថា «បាន\u200bបិទ»។",
        "គ្មានកុមារពីរនាក់ដូចគ្នាទេ ហើយយើងជួយគ្រួសារបួនជាមួយគ្នា។",
        "ដំបូង សូម\u200bប្រាប់\u200bមនុស្ស\u200bដែល\u200bអ្នក\u200bទុកចិត្ត!",
    ],
}
CHINESE = Language("zh-hans", "中文", "zh_Hans")
POLISH = Language("pl", "Polski")


def problems(
    english: str, said: str, language: Language = CHINESE, glossary: Glossary = NO_GLOSSARY
) -> list[str]:
    pair = Pair.of(Sentence("t.test", english, "site"), [said], language, glossary)
    return [each.problem for each in (*checks.errors(pair), *checks.warnings(pair))]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("locale", SAID)
def test_sentences_of_every_day_pass(locale: str, form: NormalForm) -> None:
    language = Language(locale.lower().replace("_", "-"), locale, locale)

    for english, said in zip(ENGLISH, SAID[locale], strict=True):
        assert problems(english, unicodedata.normalize(form, said), language) == [], said


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("{v4c}有三个孩子。", []),
        ("{v4c}二〇二三年。", ["digits typed in: 〇 (‘{v4c}二〇二三年。’)"]),
        ("{v4c}有３个。", ["digits typed in: ３ (‘{v4c}有３个。’)"]),
        ("²½Ⅳ።፩።{v4c}", ["digits typed in: ²½Ⅳ (‘²½Ⅳ።፩።{v4c}’), ፩ (‘²½Ⅳ።፩።{v4c}’)"]),
        (
            "**Od** 4.30, {v4c} ma 24 h i 3",
            ["digits typed in: 4.30 (‘Od 4.30, {v4c} ma 2…’), 24 (‘…0, {v4c} ma 24 h i 3’), 3 (‘…"],
        ),
    ],
)
def test_digits_are_what_unicode_calls_numbers_and_each_is_named_with_its_place(
    said: str, says: list[str]
) -> None:
    found = checks.errors(Pair.of(Sentence("t.test", "{v4c} has it.", "site"), [said], POLISH))

    assert len(found) == len(says)
    assert [each.problem[: len(start)] for each, start in zip(found, says, strict=True)] == says


@pytest.mark.parametrize(
    ("said", "unseen"),
    [
        ("ពួកគេ\u200bនិយាយ។", []),
        ("พวกเขา\u200bพูด", []),
        ("ພວກເຂົາ\u200bເວົ້າ", []),
        ("သူတို့\u200bပြော။", []),
        ("So\u00adzial\u2060amt.", []),
        ("می\u200cخواهم.", []),
        ("किताब\u200dें।", []),
        ("Wi\u200bedzą.", ["\u200b"]),
        ("می\u200bخواهم.", ["\u200b"]),
        ("اسم \u2066Ofsted\u2069 هنا.", []),
        ("اسم \u2068a \u2067b\u2069\u2069 هنا.", []),
        ("اسم \u2066Ofsted هنا.", ["\u2066"]),
        ("اسم \u2069Ofsted\u2066 هنا.", ["\u2066", "\u2069"]),
        ("اسم \u202eOfsted\u202c هنا.", ["\u202c", "\u202e"]),
        ("ពួកគេ\u200b\u202eនិយាយ\ufeff។", ["\u202e", "\ufeff"]),
    ],
)
def test_a_script_may_have_the_unseen_signs_that_it_needs_and_no_others(
    said: str, unseen: list[str]
) -> None:
    found = problems("They said.", said, POLISH)

    assert [each.split()[3] for each in found if "unseen" in each] == [
        f"U+{ord(sign):04X}" for sign in unseen
    ]


def test_a_message_shows_joined_letters_as_they_are_and_nothing_that_turns_the_text() -> None:
    assert visible("می\u200cخواهم ពួក\u200bគេ क\u094d\u200dष") == (
        "می\u200cخواهم ពួក\u200bគេ क\u094d\u200dष"
    )
    assert visible("a\u202eb\u2066c\x1b[1m") == "a\\u202eb\\u2066c\\u001b[1m"


def test_a_speaker_s_name_may_have_the_signs_of_its_script() -> None:
    check_name("علی\u200cرضا")
    for name in ("Jo\u202e", "Jo\n", "J\u200bo", "\u200c"):
        with pytest.raises(ValueError, match="in plain letters"):
            check_name(name)


@pytest.mark.parametrize("between", ["", "\u200b", "\u2060", "\ufe0f", "\u034f", "\u0338", "**"])
def test_what_nobody_sees_keeps_no_two_facts_apart(between: str) -> None:
    """Between two facts, a mark on nothing and an unseen sign are nothing: 3 and 3 would be 33."""
    said = f"**{{a}}{between}{{b}}" if between == "**" else f"ទៅ{{a}}{between}{{b}}"
    english = Sentence("t.test", "{a} {b}", "site")

    assert "nothing stands between {a} and the next name" in [
        each.problem for each in checks.errors(Pair.of(english, [said + "**"], POLISH))
    ]


@pytest.mark.parametrize(
    ("english", "said", "kind"),
    [
        ("Yes.", "はい。」", "a full stop"),
        ("Yes.", "हाँ।", "a full stop"),
        ("Yes.", "ہاں۔", "a full stop"),
        ("Yes.", "ဟုတ်ကဲ့။", "a full stop"),
        ("Yes.", "Այո։", "a full stop"),
        ("Yes.", "ใช่", "no punctuation mark"),
        ("Yes.", "ແມ່ນ ", "no punctuation mark"),
        ("Yes.", "So „ja.“", "a full stop"),
        ("Yes?", "„Ja?“ \u200f", "a question mark"),
        ("Yes?", "هل؟»", "a question mark"),
        ("Yes?", "Ναι\u037e", "a question mark"),
        ("Yes?", "Որտե՞ղ ես։", "a question mark"),
        ("Yes?", "ใช่ไหม", "no punctuation mark"),
        ("Yes, {a}.", "ใช่ {a}", "no punctuation mark"),
        ("Yes, {a}?", "ແມ່ນ **{a}** Ofsted", "no punctuation mark"),
        ("Yes?", "ဟုတ်ကဲ့။", "a full stop"),
        ("Yes!", "ဟုတ်ကဲ့။", "a full stop"),
        ("Yes,", "ဟုတ်ကဲ့၊", "a full stop"),
        ("Yes.", "ལགས་ཡིན།", "no punctuation mark"),
        ("Yes?", "ལགས་ཡིན་ནམ། །", "no punctuation mark"),
        ("Yes:", "ལགས་ཡིན༎", "no punctuation mark"),
        ("Yes", "ལགས་ཡིན།", "no punctuation mark"),
        ("{a}.", "ལགས་{a}ཐོག", "no punctuation mark"),
        ("Yes!", "是！）", "an exclamation mark"),
        ("Yes,", "はい、", "a comma"),
        ("Yes…", "是……", "dots"),
        ("Yes…", "Tak...", "dots"),
        ("Yes", "是", "no punctuation mark"),
    ],
)
def test_a_text_may_end_as_its_script_ends_such_a_text(english: str, said: str, kind: str) -> None:
    assert scripts.closing(said) == kind
    assert problems(english, said) == []


@pytest.mark.parametrize(
    ("english", "said", "says"),
    [
        ("Yes.", "是？", "it ends with a question mark, and the English with a full stop"),
        ("Yes.", "是", "it ends with no punctuation mark, and the English with a full stop"),
        ("Yes?", "نعم؛", "it ends with no punctuation mark, and the English with a question mark"),
        ("Yes.", "ဟုတ်ကဲ့", "it ends with no punctuation mark, and the English with a full stop"),
        ("Yes!", "ใช่", "it ends with no punctuation mark, and the English with an exclamation"),
        (
            "Yes {a}.",
            "Tak {a}",
            "it ends with no punctuation mark, and the English with a full stop",
        ),
        ("Yes", "ใช่!", "it ends with an exclamation mark, and the English with no punct"),
    ],
)
def test_another_kind_of_end_is_told_in_every_script(english: str, said: str, says: str) -> None:
    assert [each[: len(says)] for each in problems(english, said)] == [says]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("是的。好！“吗？”走", ["是的。", "好！", "“吗？”", "走"]),
        ("He said ‘no.’ (See 4 a.m.) Go… now!", ["He said ‘no.’", "(See 4 a.m.)", "Go…", "now!"]),
        ("ይስምዖም።ሓገዝ፧ ኢሎም፡፡ንገር", ["ይስምዖም።", "ሓገዝ፧", "ኢሎም፡፡", "ንገር"]),
        ("ہاں۔ نہیں؟ ہاں", ["ہاں۔", "نہیں؟", "ہاں"]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_its_script_ends_it(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("孩子" * 25 + "。", 25),
        ("孩子" * 26 + "。", 26),
        ("孩子，" * 30 + "好。孩子。", 31),
        ("រ" * 100 + "។", 25),
        ("ក្មេង\u200b" * 20 + "។", 15),
        ("ลูก " + "ก" * 100, 26),
        ("こども" * 20 + "。", 30),
        ("ሰብ፡" * 26 + "።", 26),
        ("ང་" * 26, 26),
        ("你可以问Ofsted吗", 3),
        ("bardzo " * 26, 26),
    ],
)
def test_words_are_counted_in_scripts_without_spaces(said: str, words: int) -> None:
    longest = max(map(scripts.word_count, sentences(said)))
    found = problems("word " * 100, said)

    assert longest == words
    assert (f"a sentence of {words} words" in found) == (words > 25)


def test_length_is_measured_as_it_is_seen() -> None:
    """A Chinese character is as wide as two letters; marks and unseen signs have no width."""
    wide, marked = "孩" * 31, "ខ្ញុំ" * 20
    says = "it is more than three times as long as the English"

    assert says in problems("Twenty letters here.", wide)
    assert says not in problems("Twenty letters here.", "孩" * 29)
    assert says not in problems("Twenty letters here.", marked)


def glossary(form: NormalForm) -> Glossary:
    """Return a glossary with its letters composed or decomposed."""

    def spelled(text: str) -> str:
        return unicodedata.normalize(form, text)

    return Glossary(
        same=(spelled("Société"),),
        you={"zh-hans": Choice("你", avoid=("您",)), "hi": Choice("x", avoid=("ताब",))},
        alike={"vi": (spelled("décor"),)},
        terms=(
            Term(
                spelled("café"),
                {
                    "vi": Choice(spelled("quán"), avoid=(spelled("tiệm"),)),
                    "km": Choice("ហាងកាហ្វេ"),
                },
            ),
            Term(spelled("Café"), {"vi": Choice(spelled("Quán"))}, whole=True),
        ),
    )


@pytest.mark.parametrize("glossary_form", ["NFC", "NFD"])
@pytest.mark.parametrize(("form", "english_form"), [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize(
    ("english", "said", "tag", "says"),
    [
        ("A café.", "Một quán.", "vi", []),
        ("Two cafés.", "Hai café.", "vi", ["'café' is not said"]),
        ("Our rôle.", "Của rôle.", "vi", ["English words stand in it: rôle"]),
        ("A décor.", "Của décor.", "vi", []),
        ("A café.", "Một tiệm.", "vi", ["'café' is not said", "the glossary avoids 'tiệm'"]),
        ("Café", "Quán", "vi", []),
        ("Café", "Khác", "vi", ["'café' is not said", "'Café' is not said"]),
        ("A Société.", "Của Société.", "vi", []),
        ("A café.", "A café.", "km", ["it is the same", "'café' is not said"]),
        ("A café.", "ហាង\u200bកាហ្វេ។", "km", []),
        ("Ask.", "请您问。", "zh-hans", ["the glossary avoids '您'"]),
        ("Ask help.", "请help问。", "zh-hans", ["English words stand in it: help"]),
        ("Ask.", "किताब।", "hi", []),
    ],
)
def test_letters_are_the_same_composed_and_decomposed(
    english: str,
    said: str,
    tag: str,
    says: list[str],
    form: NormalForm,
    english_form: NormalForm,
    glossary_form: NormalForm,
) -> None:
    english = unicodedata.normalize(english_form, english)
    said = unicodedata.normalize(form, said)
    told = problems(english, said, Language(tag, tag), glossary(glossary_form))
    found = [unicodedata.normalize("NFC", each) for each in told]

    assert len(found) == len(says), found
    assert [each for each, start in zip(found, says, strict=True) if start not in each] == []
