"""What the survey says of the field."""

from llmsurvey.knowledge.catalogue import Knowledge


def test_the_last_stage_tells_what_sets_it_apart_and_what_is_open(knowledge: Knowledge) -> None:
    """Three differences, three open questions, the four aspects of the survey, each by its kind."""
    *_, large = knowledge.stages
    kinds = [kind for kind, _ in large.statements]
    assert kinds.count("differs from the stage before") == 3
    assert kinds.count("open question") == 3
    assert large.aspects == ("pre-training", "adaptation", "utilization", "capacity evaluation")


def test_every_stage_with_limits_tells_them(knowledge: Knowledge) -> None:
    """The limits that the survey names are statements too."""
    for stage in knowledge.stages:
        assert [text for kind, text in stage.statements if kind == "limit"] == list(stage.limits)


def test_an_ability_is_found_by_its_short_name(knowledge: Knowledge) -> None:
    """In English, in Chinese, and abbreviated."""
    assert knowledge.ability("icl") is knowledge.ability("in-context learning") is knowledge.ability("上下文学习")
