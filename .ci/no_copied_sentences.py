"""Fail where eight words in a row of a source text stand in a tracked file.

    python .ci/no_copied_sentences.py FOLDER_OF_TEXTS

Titles that a bibliography needs are allowed: they stand in the register, in a `title:`.
"""

import re
import subprocess
import sys
from pathlib import Path

RUN = 8


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def without_titles(path: Path, text: str) -> str:
    if path.name != "sources.yaml":
        return text
    return re.sub(r"title: .*(\n {6,}.*)*", "", text)


texts = sorted(Path(sys.argv[1]).glob("*.txt"))
assert texts, "no text to compare with"
copied = set().union(*(runs(path.read_text(encoding="utf-8")) for path in texts))
listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True)
bad = 0
for name in filter(None, listed.stdout.split("\0")):
    path = Path(name)
    try:
        told = runs(without_titles(path, path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, FileNotFoundError):
        continue
    for run in sorted(told & copied):
        print(f"{name}: {' '.join(run)}")
        bad += 1
sys.exit(bad > 0)
