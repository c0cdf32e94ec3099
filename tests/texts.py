"""Texts for laws: all of Unicode, and the corners of it where matching goes wrong."""

from hypothesis import strategies as st

# Final sigma, dotted and dotless i, long s, Kelvin, ligatures, sharp s, fullwidth, CJK, kana, emoji, other digits,
# Myanmar (two equal last bytes in UTF-8), soft hyphen, joiners, marks that FTS5 drops and marks that it cuts at.
CORNERS = (
    "ςΣσ\u0130\u0131\u017f\u212a\ufb01\ufb00\ufb06ßẞ\uff2c\uff4d语言모델かが🤖👩\u0663²Ⅷ\u1041ည\xad\u200b\u200d\ufeff"
    "\u0301\u0308\u0305\u0338\u20dd\u0345ÀéñøłĐŉǰΐ\xb5\u03bc\u2126\x00\x1c\x85\xa0\u2003\u2028"
    "\u2010\u2011\u2013_'\u2019\ufffe\ue000\U0010ffff"
)

anything = st.characters(exclude_categories=["Cs"])
letters = st.sampled_from("aeioubcdglmnstyz")
endings = st.sampled_from(
    [
        "s",
        "es",
        "ies",
        "sses",
        "ed",
        "eed",
        "ing",
        "y",
        "ational",
        "ization",
        "bli",
        "logi",
        "biliti",
        "ement",
        "ion",
        "ll",
        "e",
        "ative",
        "ness",
        "alli",
        "tional",
        "ousli",
        "ical",
    ]
)

words = st.builds(str.__add__, st.text(letters, max_size=8), endings | st.just(""))
"""Words with the endings that a stemmer looks at."""

texts = st.lists(
    words | st.text(anything, max_size=6) | st.sampled_from(CORNERS) | st.sampled_from(list(" .,-\n0A")), max_size=30
).map("".join)
"""Texts over all of Unicode that has a UTF-8 form."""
