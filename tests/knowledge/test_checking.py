"""What is wrong with a user's file is told: all of it at once, each with place and hint."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmsurvey.errors import Stop
from llmsurvey.knowledge.catalogue import examined, load
from llmsurvey.knowledge.checking import Checker
from llmsurvey.knowledge.entry import Entry
from llmsurvey.knowledge.finding import BrokenKnowledge, Finding
from llmsurvey.knowledge.merging import merged
from tests.knowledge.conftest import Overlay

MODEL = '[[model]]\nname = "Mine"\norganisation = "Me"\nsource = "epoch"\n'
ABILITY = """
[[ability]]
name = "telepathy"
zh = "心灵感应"
introduced_by = "nobody"
source = "epoch"
thresholds = [{ model = "GPT-3", parameters = "175B", task = "all", direction = "absent up to", finding = "none" }]
"""
EDGE = '[[edge]]\nfrom = "GPT-3"\nto = "BERT"\nrelation = "successor"\nevidence = "weak"\nsource = "epoch"\n'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (MODEL + "parametres = 7", "unknown key 'parametres'", "did you mean parameters?"),
        (MODEL + "origins = {}", "unknown key 'origins'", ""),
        ('[[modle]]\nname = "Mine"', "unknown table 'modle'", "did you mean model?"),
        ('[model]\nname = "Mine"', "'model' is no list of entries", "[[model]]"),
        ('[[model]]\nname = "Mine"\norganisation = "Me"', "no source", "source ="),
        (MODEL.replace("epoch", "epohc"), "unknown source 'epohc'", "did you mean epoch?"),
        (MODEL + 'sources = { parameters = "epohc" }', "unknown source 'epohc'", "did you mean epoch?"),
        ('[[model]]\nname = "Mine"\nsource = "epoch"', "no organisation", "organisation ="),
        ('[[model]]\norganisation = "Me"\nsource = "epoch"', "no name", "name ="),
        (MODEL.replace('"Mine"', "7"), "no name", "name ="),
        (MODEL + "parameters = 0", "parameters: '0' is out of range", "70B"),
        (MODEL + "parameters = -7", "parameters: '-7' is out of range", "70B"),
        (MODEL + "parameters = nan", "parameters: 'nan' is not a number", "70B"),
        (MODEL + "parameters = inf", "parameters: 'inf' is not a number", "70B"),
        (MODEL + 'parameters = "10X"', "parameters: '10X' is not a number", "70B"),
        (MODEL + "parameters = true", "parameters: True is no number", "70B"),
        (MODEL + 'active_parameters = "8B"\nparameters = "7B"', "more parameters are active", "swap"),
        (MODEL + 'access = "sometimes"', "Invalid enum value 'sometimes'", ""),
        (MODEL + 'arxiv = "2303.18223v2"', "no arXiv identifier", "without version"),
        (MODEL + "arxiv = 2302.13971", "2302.13971 is no arXiv identifier", "in quotes"),
        (ABILITY.replace("GPT-3", "GPT-33"), "unknown model 'GPT-33'", "did you mean GPT-3?"),
        (ABILITY.replace("175B", "0"), "parameters: '0' is out of range", "70B"),
        ('[[milestone]]\nmodel = "X"\nmonth = "2023-13"\nphrases = []\nsource = "epoch"', "2023-13", "YYYY-MM"),
        (MODEL + 'aliases = "Me"', "Expected `array`", ""),
        (MODEL + 'aliases = ["ChatGPT"]', "is also one of", "one model"),
        (MODEL + 'group = "GPT-3.55"', "unknown series", "did you mean GPT-3.5?"),
        (MODEL + 'hide = "yes"', "hide is neither true nor false", "hide = true"),
        (MODEL + MODEL, "stands twice in this file", "one of the two"),
        (
            MODEL + '[[model.events]]\nkind = "paper"\ndate = "2023-02"\n',
            "missing required field `source`",
            "add source",
        ),
        (MODEL + '[[model.events]]\nkind = "paper"\ndate = "2023-02-30"\nsource = "epoch"', "2023-02-30", "YYYY-MM-DD"),
        (MODEL + '[[model.events]]\nkind = "party"\ndate = "2023"\nsource = "epoch"', "Invalid enum value 'party'", ""),
        (MODEL + '[[model.events]]\nkind = "paper"\ndate = "2023"', "missing required field `source`", ""),
        (
            MODEL + '[[model.events]]\nkind = "paper"\ndate = "2023"\nsource = "epohc"',
            "unknown source 'epohc'",
            "epoch",
        ),
        (EDGE.replace("BERT", "BURT"), "unknown model 'BURT'", "did you mean BERT?"),
        (EDGE.replace("successor", "sucessor"), "unknown relation 'sucessor'", "did you mean successor?"),
        (EDGE.replace("weak", "strong"), "Invalid enum value 'strong'", "known: explicit, weak"),
        (EDGE.replace("weak", "strong").replace("BERT", "BURT"), "unknown model 'BURT'", "did you mean BERT?"),
        (EDGE.replace('"GPT-3"', '"gtp3"'), "unknown model 'gtp3'", "did you mean GPT-3?"),
        (EDGE.replace('to = "BERT"\n', ""), "no to", ""),
        (EDGE.replace('"BERT"', '"gpt-3"'), "closes a cycle of descent: GPT-3 → GPT-3", "remove"),
        (EDGE.replace("BERT", "GPT-1"), "closes a cycle of descent", "remove"),
        ('[[model]]\nname = "LLaMA"\nhide = true', "is hidden, but Alpaca descends from it", "LLaMA → Alpaca"),
        ('[[model]]\nname = "LLaMb"\nhide = true', "hides what is not there", "spelling"),
        ('[[source]]\nkey = "mine"\ntitle = "T"\nurl = "U"\ndate = "soon"', "'soon' is not a possible date", "YYYY"),
        ('[[source]]\nkey = "mine"', "no title", "title ="),
        ("name = ", "is not TOML", "[[model]]"),
    ],
)
def test_each_error_is_told_with_file_entry_and_hint(overlay: Overlay, text: str, message: str, hint: str) -> None:
    """One thing is wrong, and the error says what, where, and what to do."""
    path = overlay(text)
    with pytest.raises(BrokenKnowledge) as fault:
        load([path])
    finding = next(finding for finding in fault.value.findings if message in finding.message)
    assert hint in finding.hint
    assert finding.file == str(path)
    assert str(finding) in fault.value.message


def test_all_errors_are_told_at_once(overlay: Overlay) -> None:
    """Five errors in two files are five findings."""
    first = overlay(MODEL.replace("epoch", "epohc") + 'parameters = "10X"\ncolour = "red"')
    second = overlay(EDGE.replace("BERT", "BURT") + '[[model]]\nname = "Yours"\nsource = "epoch"')
    with pytest.raises(BrokenKnowledge) as fault:
        load([first, second])
    assert len(fault.value.findings) == 5
    assert {finding.file for finding in fault.value.findings} == {str(first), str(second)}


def test_several_cycles_are_each_told(overlay: Overlay) -> None:
    """Two cycles are two findings, each in the file that closes it."""
    path = overlay(EDGE.replace("BERT", "GPT-1") + EDGE.replace("GPT-3", "BLOOMZ").replace("BERT", "BLOOM"))
    with pytest.raises(BrokenKnowledge) as fault:
        load([path])
    assert [finding.entry for finding in fault.value.findings] == ["edge GPT-3 → GPT-1", "edge BLOOMZ → BLOOM"]


def test_a_long_list_of_errors_is_cut_in_the_message_only(overlay: Overlay) -> None:
    """A message names the first hundred errors and counts the rest; the findings hold all."""
    path = overlay("".join(EDGE.replace("BERT", f"Nobody {number}") for number in range(130)))
    with pytest.raises(BrokenKnowledge, match="and 30 more") as fault:
        load([path])
    assert len(fault.value.findings) == 130


def test_a_long_cycle_is_named_in_short(overlay: Overlay) -> None:
    """A ring of many models is told by its first few."""
    names = [f"C{number}" for number in range(50)]
    models = "".join(MODEL.replace("Mine", name) for name in names)
    ring = zip(names, [*names[1:], names[0]], strict=True)
    edges = "".join(EDGE.replace("GPT-3", parent).replace("BERT", child) for parent, child in ring)
    (finding,) = examined([overlay(models + edges)])[1]
    assert "…" in finding.message
    assert len(finding.message) < 120


def test_products_and_data_close_no_cycle(overlay: Overlay) -> None:
    """Serving and giving data are no descent: a model may learn from what its offspring wrote."""
    back = EDGE.replace("GPT-3", "GPT-4").replace("BERT", "GPT-1").replace("successor", "data-inherited")
    assert examined([overlay(back)])[1] == ()


@pytest.mark.parametrize("name", ["missing.toml", "", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A missing file, a folder and an impossible path are findings."""
    with pytest.raises(Stop, match="cannot be read"):
        load([tmp_path / name])


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["name", "organisation", "source", "sources", "events", "parameters", "aliases", "published"]),
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(max_size=5),
            st.lists(st.integers(), max_size=2),
            st.dictionaries(st.sampled_from(["kind", "date", "source", "month"]), st.integers(), max_size=2),
        ),
    )
)
def test_whatever_stands_in_a_file_is_taken_or_told(values: dict[str, object]) -> None:
    """No shape of values ends in another error than findings."""
    findings: list[Finding] = []
    everything = merged([Entry("model", "f", dict(values)), Entry("model", "g", dict(values))], findings)
    for draft in everything.shown("model"):
        Checker(["epoch"], findings).record(draft)


def test_one_error_hides_no_other(overlay: Overlay) -> None:
    """Where a value that must be there is wrong, the rest of its entry, and what names it, is checked all the same."""
    model = MODEL.replace('"Me"', "5").replace("Mine", "Mine 2")
    model += 'parameters = "7B"\nactive_parameters = "8B"\ngroup = "Nobody"\narxiv = 2302.13971\n'
    model += 'events = [{ kind = "birth", date = "2023", source = "epoch" }, { date = "2024", source = "epoch" }]\n'
    edges = EDGE.replace("weak", "strong").replace("successor", "sucessor") + EDGE.replace('evidence = "weak"\n', "")
    messages = [finding.message for finding in examined([overlay(model + edges)])[1]]
    told = (
        "arxiv: 2302.13971",
        "got `int`",
        "'birth'",
        "missing required field `kind`",
        "unknown series",
        "more parameters are active",
        "'strong'",
        "unknown relation 'sucessor'",
        "no evidence",
    )
    assert len(messages) == len(told)
    assert all(sum(part in message for message in messages) == 1 for part in told)


def test_a_word_of_a_closed_list_is_wrong_with_the_list(overlay: Overlay) -> None:
    """The hint names what may stand there, also inside an event."""
    event = 'events = [{ kind = "birth", date = "2023", source = "epoch" }]\n'
    findings = examined([overlay(MODEL + 'access = "opne"\n' + event)])[1]
    assert [finding.hint for finding in findings] == [
        "known: open-weights, api, closed, never-released",
        "known: paper, announcement, api, weights",
    ]


def test_an_empty_value_is_no_value(overlay: Overlay) -> None:
    """A model needs an organisation that is more than blanks."""
    (finding,) = examined([overlay(MODEL.replace('"Me"', '" "'))])[1]
    assert finding.message == "no organisation"
