"""Words: the commonest ones of English, and made-up ones that look like it."""

from __future__ import annotations

from itertools import islice

from benchmarks.corpus.chance import Chance

COMMON = (
    "the of and to in a that is was for on with as it he be by at from his are this which have had not they were their "
    "but has an she or who will been its would more all when there said her one can out up about into than them other "
    "so some could time two after first new also him people no over year only most what made may between such many then "
    "years any where before now much these being our under state three well work down even way own city same each last "
    "still since both while against those because through back long very world country part during week day government "
    "how like just make should here another around again including until without however among never several few "
    "although public number although later used name place second group early house water market town school local men "
    "women children case road night month small large old good great high left right next open called found held came "
    "went took became began told asked given known set put say see go come take give think know want need help find "
    "keep move turn show play run end side line hand head home land river border office council report price plan vote "
    "law money food paper story question answer reason change point area result power order form level member leader "
    "morning evening spring summer winter north south east west outside near far almost often once twice enough quite"
).split()
"""By how often they are used, roughly."""

_ONSETS = "b bl br c ch cl cr d dr f fl fr g gr h j l m n p pl pr r s sc sp st str t th tr v w".split()
_VOWELS = "a a e e i i o o u ai ea ee oa ou".split()
_CODAS = " b d f g l ll n nd ng r rd rk rm rn rt sk ss st t".split(" ")
_ENDINGS = "     able al ance ed er est ful ing ion ive less ly ment ness ous s s ship tion".split(" ")


def vocabulary(number: int, chance: Chance) -> list[str]:
    """So many different words, the commonest first; after the common ones they are made up."""
    words = dict.fromkeys(COMMON)
    while len(words) < number:
        word = _made_up(chance)
        if 4 < len(word) < 13:
            words[word] = None
    return list(islice(words, number))


def _made_up(chance: Chance) -> str:
    """“clast”, “thouding”, “merdorable”: open syllables, and the last one open or closed."""
    syllables = [chance.pick(_ONSETS) + chance.pick(_VOWELS) for _ in range(chance.pick((1, 1, 2, 2, 3)))]
    return "".join(syllables) + chance.pick(_CODAS) + chance.pick(_ENDINGS)
