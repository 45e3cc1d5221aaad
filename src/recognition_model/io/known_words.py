"""Words of a vocabulary: which are defined twice, and which are near another word."""

from __future__ import annotations

from collections.abc import Mapping

from recognition_model.core.codes import Severity
from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.signals import SignalMeaning, Vocabulary
from recognition_model.core.wording import join_limited, near_words, shown
from recognition_model.io.converters import ValueProblem
from recognition_model.io.nodes import MapNode, Node, Text

VERY_NEAR = 0.88
NEAR = 0.8
"""From here on, two words may mean the same: `charge_arrived` and `charge_received`."""


def no_example(node: Node) -> ValueProblem:
    """The problem of a word of the shipped vocabulary without an example."""
    hint = "add `example: {country: RUS, date: 2021-08-26}` with an entry that has the word"
    return ValueProblem("RM202", "a word of the shipped record needs the key 'example'", node, hint)


def words_taken(
    read: Mapping[Text, SignalMeaning], entries: MapNode, known: Vocabulary
) -> list[Finding]:
    """Report the words and aliases of a file that are words or aliases already.

    `read` are the words of the file by their keys in it, `entries` all that it has, and `known` the
    words from elsewhere. Words that mean exactly the same as one of `known` are a warning.
    """
    found = []
    same = [name for name, one in read.items() if known.words.get(one.word) == one]
    if same:
        what = shown(same[0]) if len(same) == 1 else f"{len(same):,} of these words"
        names = "" if len(same) == 1 else f": {join_limited(same, 3)}"
        message = f"the vocabulary has {what} already, with the same meaning{names}"
        hint = f"remove {'it' if len(same) == 1 else 'them'}: no entry is needed here"
        found.append(Finding("RM214", message, same[0].place, hint, Severity.WARNING))
    aliases: dict[str, str] = {}
    for name in read:
        if name in same:
            continue
        if (word := known.canonical(name)) is not None:
            means = known.words[word].meaning
            message = f"the vocabulary has {shown(name)} already"
            message += f": {means}" if word == name else f", as an alias of {word}"
            hint = "use it as it is: no entry is needed; or choose another word for yours"
            found.append(finding("RM214", message, name.place, hint))
        for alias in _aliases(entries[name]):
            word = alias if alias in entries else aliases.get(alias) or known.canonical(alias)
            if word is not None:
                what = "is a word" if word == alias else f"is an alias of {word}"
                message = f"the alias {shown(alias)} of {name} {what} already"
                hint = "an alias stands for one word: remove it here, or there"
                found.append(finding("RM215", message, alias.place, hint))
            aliases.setdefault(alias, name)
    return found


def _aliases(node: Node) -> list[Text]:
    given = node.get(Text("aliases")) if isinstance(node, MapNode) else None
    return [alias for alias in given if isinstance(alias, Text)] if given else []


def near_signals(word: str, vocabulary: Vocabulary, cutoff: float, most: int) -> list[str]:
    """The words of a vocabulary that are spelt like a word, by their own spelling or an alias."""
    near = near_words(word, [*vocabulary.families, *vocabulary.aliases], cutoff, most=most)
    return list(dict.fromkeys(vocabulary.aliases.get(one, one) for one in near))


def misspelt_signal(word: str, vocabulary: Vocabulary) -> list[str]:
    """The words of which a word is a misspelling; none if the vocabulary has the word."""
    if vocabulary.canonical(word) is not None:
        return []
    from recognition_model.core.likeness import near_names

    spelt = {one.replace("_", "-"): one for one in (*vocabulary.families, *vocabulary.aliases)}
    near = [spelt[one] for one in near_names(word, spelt) if len(one) <= len(word) + 2]
    return list(dict.fromkeys(vocabulary.aliases.get(one, one) for one in near))
