"""An imported catalogue lies beside the known models: it completes, it adds, it never overwrites."""

from llmsurvey.knowledge.claim import Verdict
from llmsurvey.knowledge.layer import AssetKind
from llmsurvey.knowledge.model import Access, EventKind
from tests.knowledge.layers import entry, layer, model, over

B = 10**9


def test_what_is_known_stays_and_what_was_missing_is_filled() -> None:
    """A curated size holds against another one; an unknown access is taken over, with its source and origin."""
    made = over(
        [model("Nova", parameters=7 * B)],
        layer(entry("Nova", parameters=8 * B, access=Access.API, url="https://example.org")),
    )
    nova = made.models["Nova"]
    assert (nova.parameters, nova.access, nova.url) == (7 * B, Access.API, "https://example.org")
    assert nova.source_of("access") == 'epoch, "Nova"'
    assert nova.origin_of("access") == "epoch: invented.csv, line 2"
    verdicts = {claim.field: claim.verdict for claim in made.claims}
    assert (verdicts["parameters"], verdicts["access"]) == (Verdict.DIFFERS, Verdict.ADDS)
    assert (verdicts["organisation"], verdicts["released"]) == (Verdict.AGREES, Verdict.AGREES)


def test_a_number_the_catalogue_distrusts_fills_no_gap() -> None:
    """It is told as a claim, and not shown."""
    made = over([model("Nova")], layer(entry("Nova", parameters=8 * B, confidence="Speculative")))
    assert made.models["Nova"].parameters is None
    (claim,) = (claim for claim in made.claims if claim.field == "parameters")
    assert (claim.verdict, claim.value, claim.shown) == (Verdict.ASIDE, 8 * B, None)


def test_an_unknown_model_is_added_with_its_date() -> None:
    """As that of its paper where the paper's identifier is of that month, else as an announcement."""
    made = over(
        [], layer(entry("Nova", arxiv="2305.00001"), entry("Star", arxiv="2401.00001"), entry("Sun", date=None))
    )
    assert made.laid[0].added == ["Nova", "Star", "Sun"]
    assert made.models["Nova"].events[0].kind is EventKind.PAPER
    assert made.models["Star"].events[0].kind is EventKind.ANNOUNCEMENT
    assert made.models["Sun"].released is None


def test_two_models_of_one_name_are_told_apart() -> None:
    """The later one bears its maker behind its name, and its own name is no alias."""
    made = over([model("Nova")], layer(entry("Nova", "Beta", parameters=9 * B)))
    assert list(made.models) == ["Nova", "Nova (Beta)"]
    assert made.models["Nova (Beta)"].aliases == ()


def test_data_sets_and_applications_are_kept_apart() -> None:
    """They are listed, and are no models."""
    made = over(
        [], layer(entry("Nova"), entry("Heap", kind=AssetKind.DATASET), entry("App", kind=AssetKind.APPLICATION))
    )
    assert list(made.models) == ["Nova"]
    assert [(each.name, each.kind) for each in made.laid[0].aside] == [("Heap", "dataset"), ("App", "application")]


def test_an_entry_that_stands_twice_is_one_model() -> None:
    """The better supported one is matched, the other repeats it, whichever comes first; another size is another."""
    late, near = entry("Nova", date="2023-09-01"), entry("Nova")
    for pair in ((late, near), (near, late)):
        made = over([model("Nova")], layer(*pair))
        assert list(made.models) == ["Nova"]
        assert (len(made.laid[0].matches), len(made.laid[0].repeated)) == (1, 1)
    sizes = (entry("Star", parameters=6 * B), entry("Star", date="2023-09-01", parameters=9 * B))
    assert list(over([], layer(*sizes)).models) == ["Star", "Star (2023-09-01)"]


def test_a_hidden_model_does_not_come_back() -> None:
    """What a user's file takes away no catalogue brings."""
    made = over([], layer(entry("Nova")), hidden=["nova"])
    assert (list(made.models), made.laid[0].hidden) == ([], ["Nova"])


def test_a_size_against_its_own_name_is_not_taken() -> None:
    """Nobody knows which of the two is right; the claim says so."""
    made = over([], layer(entry("Nova-7B", parameters=70 * B)))
    assert made.models["Nova-7B"].parameters is None
    (claim,) = (claim for claim in made.claims if claim.verdict is Verdict.DIFFERS)
    assert "Nova-7B" in claim.note


def test_a_maker_that_was_not_stated_is_filled() -> None:
    """It contradicts nothing."""
    second = layer(entry("Nova", "Beta", parameters=7 * B), catalogue="ecosystem-graphs")
    made = over([], layer(entry("Nova", None, parameters=7 * B)), second)
    assert made.models["Nova"].organisation == "Beta"
    assert not [claim for claim in made.claims if claim.verdict is Verdict.DIFFERS]


def test_the_second_catalogue_meets_the_first() -> None:
    """What the first added the second matches; the first one's value is shown, the other's is a conflict."""
    made = over(
        [],
        layer(entry("Nova", parameters=7 * B)),
        layer(entry("Nova", parameters=8 * B), catalogue="ecosystem-graphs"),
    )
    assert made.models["Nova"].parameters == 7 * B
    (conflict,) = (claim for claim in made.claims if claim.verdict is Verdict.DIFFERS)
    assert (conflict.value, conflict.origin) == (8 * B, "ecosystem-graphs: invented.csv, line 2")
