"""Words that stand in every text and say nothing about it, folded."""

_DUTCH = """
aan al als bij dan dat de deze die dit door een en er haar had heb hebben heeft het hem hen hij hun ik in is je kan
maar me men met mij na naar niet nog nu of om ook op over te tot u uit uw van voor was wat we werd werden wie wij
wordt worden ze zich zij zijn zo zou
"""
_ENGLISH = """
a an and are as at be been but by for from had has have he her his i in is it its of on or our she that the their
them they this to was we were which will with you your
"""
_GERMAN = """
als am an auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er es fur hat ich
ihr im in ist mit nach nicht noch oder sich sie sind so um und uns von vor war werden wie wird wir zu zum zur
"""
_FRENCH = """
a au aux avec ce ces dans de des du elle en est et il ils la le les leur mais ne nous on ou par pas pour qu que qui
sa se ses son sont sur un une vous
"""
STOPWORDS: dict[str, frozenset[str]] = {
    "nl": frozenset(_DUTCH.split()),
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
}
