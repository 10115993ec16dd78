"""The net by the numbers of signs, as texts are read: words that no phrase has get signs of it."""

from itertools import chain
from typing import Any

from bot.catalog.risk.finder import FIRST_SIGN
from bot.catalog.risk.letters import Net, Packed
from bot.catalog.risk.numbers import pair


def plain_net(net: Net, vocabulary: dict[str, str], beyond: int) -> tuple[Any, ...]:
    """What `letters.Letters` needs, plain; adds words of the net to the vocabulary, their signs
    numbered from `beyond` on.

    What a word of any phrase comes to is added up here too, so that only words that stand in none
    of our files are ever spelt out: most words of a text have no points of their own.
    """
    others = {*net.words, *chain.from_iterable(net.pairs)} - vocabulary.keys()
    vocabulary.update((word, chr(beyond + at)) for at, word in enumerate(sorted(others)))
    meant: dict[str, str] = {}  # of several spellings, the one that the net is fitted to
    for word, sign in vocabulary.items():
        meant.setdefault(sign, word)
    shared: dict[Packed, Packed] = {}
    points = [0] * (beyond + len(others) - FIRST_SIGN)
    for sign, word in meant.items():
        if len(sign) == 1 and ord(sign) >= FIRST_SIGN:
            one = net.of_word(word)
            points[ord(sign) - FIRST_SIGN] = shared.setdefault(one, one)
    pairs = {
        pair(vocabulary[left], vocabulary[right]): one
        for (left, right), one in net.pairs.items()
        if meant[vocabulary[left]] == left and meant[vocabulary[right]] == right
    }
    return points, pairs, net.groups, net.concern_at, net.crisis_at
