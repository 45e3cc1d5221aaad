"""Mutations of documents: of their trees, of their text, and of their bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from campaigns.grammar import Tree, names, parts, pruned, texts

HOSTILE = (
    *("", " ", "\t", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\u200b", "\ufeff"),
    *("\u202eabc\u202c", "\u2066x", "\u200f", "\u200c", "\U000e0041", "\ufffe", "\ue000", "\u0301"),
    *("\ud800", "a\nb", "a\r\nb", "\r", "é", "ﬀ", "İ", "ß", "ı", "𝟚𝟘𝟚𝟜", "٢٠٢٤", "１９９９"),
    *("null", "~", "true", "no", "NaN", ".inf", "-0", "1e999", "0x1f", "0o17", "1_000", "12:30"),
    *(
        "9" * 400,
        "-1",
        "0",
        "1" + "0" * 19,
        "3.14",
        "a" * 5000,
        "x" * 61,
        "<script>",
        "&#x0;",
        "%s",
    ),
    *("{0}", "${HOME}", "`id`", "../../x", "C:\\x", "=1+1", "@a", "- a", "a: b", "a #b", "? a"),
    *("[", "]", "{", "}", "[[", "'", '"', "'\"", "|", ">", "|2-", "&a", "*a", "!x", "!!str 1", "%"),
    *(
        "&a [*a]",
        "<<",
        "---",
        "...",
        "%YAML 1.2",
        "<<<<<<< HEAD",
        ">>>>>>> x",
        "=======",
        "\\",
        ",",
    ),
)
"""Texts that programs stumble over."""
DATES = (
    *("2024", "2024-02", "2024-02-29", "2023-02-29", "2024-13", "2024-00-10", "0000", "0001-01-01"),
    *(
        "9999-12-31",
        "10000-01-01",
        "2024~",
        "2024-05?",
        "2024-05%",
        "2024..",
        "..2024",
        "2024..2023",
    ),
    *("2024-05-01..2024-05-01", "..", "...", "2024-05-27T10:00", "27 May 2024", "May 27, 2024"),
    *("27/05/2024", "5/6/2024", "20240527", "2024-W22", "2024-148", "1403-03-07", "۱۴۰۳-۰۳-۰۷"),
    *("2024-05-XX", "202X", "early 2024", "summer 2024", "2024-Q2", "2024/2025", "about 2024"),
    *(
        "unknown",
        "today",
        "-2024",
        "2024-5-7",
        "2024–05–27",
        "2024-05-27 ",
        "1996-09-27",
        "21-08-15",
    ),
    *(
        "2021-08-15",
        "2021-08-15..2021-08",
        "2062-01-08",
        "[2024, 2025]",
        "before 2024",
        "circa 1999",
    ),
)
ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029", "\n\n", "\x0b", "\x0c", "\n\t", "")
PLAIN = re.compile(r"[A-Za-z0-9][\w./:+-]*(?: [\w.+/-]+)*")
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


class Raw(str):
    """A text that is written as it stands."""

    __slots__ = ()


# --- of trees ----------------------------------------------------------------------------------


def of_tree(tree: Tree, random: Random) -> Tree:
    """Change one place of a tree, and return the tree."""
    where = places(tree)
    if not where:
        return random.choice(HOSTILE)
    holder, key = random.choice(where)
    how = random.randrange(12)
    value = holder[key]
    if how == 0:
        del holder[key]
    elif how == 1:
        other, place = random.choice(where)
        if place in other if isinstance(other, dict) else place < len(other):
            holder[key], other[place] = other[place], value
    elif how == 2 and isinstance(holder, list):
        holder.insert(random.randrange(len(holder) + 1), pruned(value, random, 9))
    elif how in {3, 4}:
        holder[key] = random.choice(DATES if _dated(key, value) else HOSTILE)
    elif how == 5:
        holder[key] = random.choice((value, [value], {"key": value}, "", [], {}, [[value]]))
    elif how == 6 and isinstance(holder, dict):
        _rename(holder, key, random)
    elif how == 7:
        holder[key] = _spliced(random.choice(list(parts())), random)
    elif how == 8 and key in parts():
        holder[key] = _spliced(key, random)
    elif how == 9 and key in texts():
        holder[key] = random.choice(texts()[key])
    elif how == 10:
        holder[key] = _raw(random)
    elif isinstance(holder, dict):
        holder[random.choice(names())] = pruned(value, random, 9)
    return tree


def _spliced(key: str, random: Random) -> Tree:
    """What a real document has under a key."""
    return pruned(random.choice(parts()[key]), random, 4)


def _dated(key: object, value: Tree) -> bool:
    return isinstance(value, str) and (value[:2] in {"20", "19"} or str(key) in {"date", "on"})


def places(tree: Tree) -> list[tuple[Any, Any]]:
    """Every holder and key of a tree."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Tree] = [] if isinstance(tree, str) else [tree]
    while waiting:
        one = waiting.pop()
        keys = one.keys() if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if not isinstance(one[key], str):
                waiting.append(one[key])
    return found


def _rename(holder: dict[str, Tree], key: str, random: Random) -> None:
    """Give a value another key: a known one, a misspelt or a hostile one."""
    other = random.choice(
        (random.choice(names()), key[:-1], key.upper(), f"{key}s", random.choice(HOSTILE))
    )
    holder[other] = holder.pop(key)


def _raw(random: Random) -> Raw:
    """What strict YAML turns down, or turns down in that place."""
    depth = random.choice((3, 23, 24, 25, 60, 1500))
    return Raw(
        random.choice(
            (
                *(
                    "&a x",
                    "*a",
                    "!!int 3",
                    "!own {a: b}",
                    "{<<: *a}",
                    "{a: 1, a: 2}",
                    "? x",
                    "|",
                    ">-",
                ),
                *("[&a [x], *a, *a]", "{? [a]: b}", '"\\x00"', '"\\ud800"', '"\\U00110000"', "'a"),
                *("[" * depth, "[" * depth + "]" * depth, "{a: " * depth + "}" * depth),
                *("- - - - x", "\n" + "- " * depth, "|\n  text\n more", "a\n---\nb", "a\n...\n"),
            )
        )
    )


# --- of trees to text --------------------------------------------------------------------------


def written(tree: Tree, random: Random) -> str:
    """The text of a document: mostly in blocks, with or without quotes."""
    style = random.randrange(8)
    if style == 0:
        return json.dumps(tree, indent=random.choice((None, 2)), ensure_ascii=random.random() < 0.5)
    if isinstance(tree, str):
        return tree
    flow = random.choice((0.0, 0.0, 0.1, 0.5))
    return "\n".join(_lines(tree, "", flow, random)) + "\n"


def _lines(tree: Any, indent: str, flow: float, random: Random) -> Iterator[str]:
    listed = isinstance(tree, list)
    for key, value in enumerate(tree) if listed else tree.items():
        mark = "-" if listed else f"{_text(key, flow, random)}:"
        if isinstance(value, str) or not value or random.random() < flow:
            yield f"{indent}{mark} {_flow(value, flow, random)}"
            continue
        inside = _lines(value, f"{indent}  ", flow, random)
        if listed and isinstance(value, dict):
            yield f"{indent}- {next(inside).lstrip()}"
        else:
            yield f"{indent}{mark}"
        yield from inside


def _flow(tree: Any, flow: float, random: Random) -> str:
    if isinstance(tree, list):
        return f"[{', '.join(_flow(one, flow, random) for one in tree)}]"
    if isinstance(tree, dict):
        inside = (f"{_text(k, flow, random)}: {_flow(v, flow, random)}" for k, v in tree.items())
        return f"{{{', '.join(inside)}}}"
    return _text(tree, flow, random)


def _text(text: str, flow: float, random: Random) -> str:
    if isinstance(text, Raw) or random.random() < flow / 9:
        return str(text)
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


# --- of texts ----------------------------------------------------------------------------------


def of_text(text: str, random: Random) -> str:
    """Change a text once: its lines, its tokens, its indents, or its ends of lines."""
    how = random.randrange(10)
    if how < 5:
        return _of_lines(text.split("\n"), how, random)
    at = random.randrange(len(text) + 1)
    if how == 5:
        return text[:at] + random.choice((*HOSTILE, *DATES)) + text[at:]
    if how == 6:
        return text[:at] + text[at + random.randrange(1, 30) :]
    if how == 7:
        return text.replace("\n", random.choice(ENDS), random.choice((1, 3, -1)))
    tokens = [found.span() for found in TOKEN.finditer(text, max(0, at - 40), at + 40)]
    if not tokens:
        return text
    begin, end = random.choice(tokens)
    other = random.choice((*HOSTILE, *DATES, *names()))
    return text[:begin] + (other if how == 8 else text[begin:end] * 2) + text[end:]


def _of_lines(lines: list[str], how: int, random: Random) -> str:
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    if how == 0:
        del lines[at : at + random.choice((1, 1, 3))]
    elif how == 1:
        lines.insert(other, lines[at])
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 3:
        lines[at] = random.choice((" ", "  ", "\t", "    ", "- ", "# ", "\u00a0")) + lines[at]
    else:
        lines[at] = lines[at].removeprefix(random.choice((" ", "  ", "    ")))
    return "\n".join(lines)


def of_bytes(data: bytes, random: Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(changed) + 1)
        how = random.randrange(4)
        if how == 0:
            changed[at:at] = bytes([random.randrange(256)])
        elif how == 1:
            del changed[at : at + random.choice((1, 1, 8, 100))]
        elif at < len(changed):
            changed[at] = (
                random.randrange(256) if how == 2 else changed[at] ^ 1 << random.randrange(8)
            )
    if random.random() < 0.05:
        return random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0")) + bytes(changed)
    return bytes(changed)
