"""The Dutch order of names."""

import pytest

from cms.names import sort_key


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["Ede", "Eén", "Elburg"], "accents are ignored"),
        (["Winterswijk", "IJsselstein", "Zaltbommel"], "IJ sorts as Y"),
        (["Oude Beek", "Oude IJsselstreek", "Oude Zaan"], "IJ counts as Y at the start of each word"),
        (["Bergen", "De Bilt", "Borne"], "an article does not count"),
        (["Den Haag", "'s-Hertogenbosch", "Het Hogeland"], "nor do other prefixes"),
        (["Almelo", "Op den Berg", "Zwolle"], "nor a preposition with its article"),
        (["Neder-Betuwe", "Nijkerk", "Nijmegen", "Nunspeet"], "ij inside a word is i and j"),
    ],
)
def test_sorts_by_dutch_rules(names: list[str], reason: str) -> None:
    names_backwards = names[::-1]
    assert sorted(names_backwards, key=sort_key) == names, reason
