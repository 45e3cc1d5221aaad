"""The command line in tests: records to run it on, and separate processes."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

TWO = (
    "[{source: yearbook-2026, voice: press, credibility: 3, recalled: true, claim: An example.},"
    " {source: almanac-2026, voice: press, credibility: 3, recalled: true, claim: An example.}]"
)


# The timelines begin in line 7 of their files.
CLEAN = """
    - act: engage
      date: 2022-02-01..2022-02-03
      evidence: %s
    - refuse: recognise
      date: 2024-05-27
      because: not-attested
      evidence: [$press]
    - status: {below: delisted}
      date: 2024-05-28
      evidence: [$press]
    - signal: visit
      date: 2024-06
      evidence: [$press]
""".replace("%s", TWO)


NOT_ATTESTED = """
    - act: delist
      date: 2024-05-27
      evidence: [$press]
"""


BANNED = {"stage": "banned", "ban": "in_force"}


TOLD_OF_NOT_ATTESTED = """\
record/FJI.yaml:7:5: error RM501 delist 2024-05-27 is refused: R03 attestation \
must be official (is reported)
    7 |   - act: delist
      |     ^
  hint: it needs an official voice of the country; the best given is press, B3 (yearbook-2026); \
if it stays a claim: `refuse: delist` with `because: not-attested`, or a `signal:`
"""


TEXT = "The Example Gazette\n\nThe envoy came.\nThe ban stays!\nThe envoy came.\n"


ENVOY = "lt1-" + sha256(b"theenvoycame").hexdigest()[:32]  # 12 letters, folded by hand


SEED = "tass-2022-01-31"  # a name of the shipped register; the text is made up


UNREADABLE = {
    "nowhere": "nowhere: error RM101 cannot be read: No such file or directory\n",
    "empty": "empty: error RM103 the folder holds no scenario\n",
    "binary.yaml": "binary.yaml: error RM102 not UTF-8 text\n  hint: it looks binary\n",
    "latin.yaml": "latin.yaml:1:12: error RM102 not UTF-8 text: the byte 0xe9\n"
    "  hint: save it as UTF-8\n",
    "wide.yaml": "wide.yaml: error RM102 not UTF-8 text\n"
    "  hint: it looks like UTF-16: save it as UTF-8\n",
}


INTERRUPTIBLE = (
    "-c",
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from recognition_model.cli import main\n"
    "main()\n",
)
"""Have Python run the command line and take interrupts: a test run may itself ignore them."""


def keys_of(data: Any) -> Iterator[str]:
    """Every key of plain data, at any depth."""
    if isinstance(data, dict):
        yield from data
    if isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from keys_of(item)


# Two acts of which the second is refused, and a signal that has nothing to do with it.
REFUSED = f"""
    - act: engage
      date: 2022-02-01
      evidence: {TWO}
    - signal: visit
      date: 2022-03-01
      evidence: [$press]
    - act: recognise
      date: 2024-05-27
      note: Anna says so.
      evidence: [$press]
"""
