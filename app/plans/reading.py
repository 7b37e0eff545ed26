"""How hard an English text is to read: the school grade of Flesch and Kincaid. Pure.

Grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59, from J. P. Kincaid, R. P. Fishburne,
R. L. Rogers and B. S. Chissom, "Derivation of new readability formulas for Navy enlisted personnel", 1975.
Syllables are counted as groups of vowels, without a silent e at the end; a word has at least one. The formula judges
a page, not a line: one step of six words with "laboratory" in it would be a university text. So a card is judged as a
whole.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

MAX_GRADE = 8.0

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_SENTENCE_END = re.compile(r"[.!?:](?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeioudty]ed|[^aeiouscxz]es)$")


def grade(texts: Sequence[str]) -> float:
    """School grade of the texts taken together; 0.0 when they hold no word."""
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return 0.0
    ends = sum(max(1, len(_SENTENCE_END.findall(text))) for text in texts if _WORD.search(text))
    count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / ends + 11.8 * count / len(words) - 15.59


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Syllables of an English word: groups of vowels without a silent end, one at least."""
    lower = word.lower().removesuffix("'s")
    return max(1, len(_VOWELS.findall(lower)) - bool(_SILENT_END.search(lower)))
