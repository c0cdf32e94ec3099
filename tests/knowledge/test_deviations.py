"""Where the published survey differs from what can be cited."""

from collections import Counter

from llmsurvey.knowledge.catalogue import Knowledge
from llmsurvey.knowledge.deviations import deviations


def test_deviations_are_told_with_their_reason(knowledge: Knowledge) -> None:
    """Each difference names model, place, both values and a reason."""
    found = deviations(knowledge)
    assert all(each.published != each.cited and each.reason for each in found)
    by_field = {(each.model, each.place, each.field): each for each in found}
    assert by_field["GShard", "list", "month"].cited == "2020-06-30"
    assert "announcement" in by_field["MT-NLG", "list", "month"].reason
    assert by_field["Galactica", "list", "name"].published == "Galatica"
    assert by_field["PanGu-\N{GREEK SMALL LETTER ALPHA}", "list", "parameters"].cited == "200B"
    assert by_field["Mistral 7B", "Figure 2", "membership"].cited == "7B"
    assert by_field["text-davinci-003", "Figure 3", "month"].published == "2022-09"
    assert by_field["GPT-2 tuned with human preferences", "chronicle", "date"].cited == "2019-09"


def test_the_number_of_deviations_is_known(knowledge: Knowledge) -> None:
    """A new value that disagrees with the survey is noticed here."""
    counted = Counter((each.place, each.field) for each in deviations(knowledge))
    assert counted == {
        ("list", "name"): 4,
        ("list", "month"): 17,
        ("list", "parameters"): 3,
        ("Figure 2", "name"): 9,
        ("Figure 2", "bucket"): 6,
        ("Figure 2", "membership"): 13,
        ("Figure 3", "month"): 1,
        ("chronicle", "date"): 1,
    }
