"""TeX accents and letters."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmsurvey.sources.tex_accents import decoded


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"G\"odel, G\"{o}del, G{\"o}del, G{\"{o}}del", "Gödel, Gödel, Gödel, Gödel"),
        (r"Ren\'e \'Etienne t\^ete-\`a-t\^ete", "René Étienne tête-à-tête"),
        (r"Zbyn\v{e}k \v Capek {\c S}eyma \c{S}eyma \H{o}", "Zbyněk Čapek Şeyma Şeyma ő"),
        (r"\L{}ukasz {\L}ukasz J{\o}rgen stra\ss e S\o ren", "Łukasz Łukasz Jørgen straße Søren"),
        (r"Mart\'{\i}n \'\i", "Martín í"),
        (r"\AA ngstr\"om \ae on", "Ångström æon"),
        (r"$\'e$ is $x\"y$ and \'e", r"$\'e$ is $x\"y$ and é"),
        (r"price \$5 and \'e for \$6", r"price \$5 and é for \$6"),
        (r"\emph{a} \alpha \textbf{\'e} \verb", r"\emph{a} \alpha \textbf{é} \verb"),
        (r"a line\\'ends", r"a line\\'ends"),
        ("Gödel, no TeX", "Gödel, no TeX"),
        ("\\", "\\"),
    ],
)
def test_accents_become_letters(tex: str, said: str) -> None:
    """Accents and letters of their own are said in Unicode; mathematics and other macros stay."""
    assert decoded(tex) == said


@given(st.text(alphabet="ab\\{}$'\"^~`.cvHkoLisu "))
def test_what_is_decoded_stays_decoded(text: str) -> None:
    """Any muddle of TeX is survived, and no accent that was said needs saying in another form."""
    assert normalize("NFC", decoded(text)) == decoded(text)
