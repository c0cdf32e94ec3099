"""What figures of counted papers have in common: the rule of counting, and the scale."""

from dataclasses import dataclass

from llmsurvey.figures.figure import Figure, Row
from llmsurvey.phrase import Rule


@dataclass(frozen=True)
class PaperFigure(Figure[Row]):
    """Base of the figures that count papers."""

    rule: Rule = Rule.STEMMED
    log: bool = False
    """Whether numbers of papers stand on a logarithmic scale."""

    @property
    def file_name(self) -> str:
        """Name of the files, without ending."""
        return f"{self.name}_log" if self.log else self.name

    @property
    def rule_in_words(self) -> str:
        """How a phrase is compared with a text."""
        return self.rule.value
