"""Made-up rows of coded events, in the layout of GDELT 2.0."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

from recognition_model.core.event_layouts import LAYOUTS

COLUMNS = LAYOUTS["gdelt2"].columns
RECORD = """\
format: recognition-scenario/1
country: FJI
title: A made-up record
start: {stage: hostile, ban: none, date: 2021-08-15, assumed: Made up.}
documented-until: 2022-12-31
timeline:
  - act: engage
    date: 2022-03-01
    note: A first meeting.
    evidence:
      - {source: tass-2022-01-31, voice: host, credibility: 2, claim: Made up.}
  - signal: visit_made
    date: 2022-06-10
    note: A visit.
    evidence:
      - {source: tass-2022-01-31, voice: host, credibility: 2, claim: Made up.}
"""


def row(
    day: str,
    code: str,
    one: str = "FJIGOV",
    other: str = "AFGINSTAL",
    *,
    url: str = "",
    **more: str,
) -> str:
    """One row: the first six letters of an actor are its country and its type."""
    values = {"SQLDATE": day.replace("-", ""), "EventCode": code, "SOURCEURL": url}
    for number, actor in ((1, one), (2, other)):
        values |= {
            f"Actor{number}Code": actor,
            f"Actor{number}CountryCode": actor[:3],
            f"Actor{number}KnownGroupCode": "TAL" if actor.endswith("TAL") else "",
            f"Actor{number}Type1Code": actor[3:6],
        }
    values |= {"NumMentions": "2", "NumSources": "1"} | more
    return "\t".join(values.get(name, "") for name in COLUMNS)


def write(path: Path, *rows: str) -> Path:
    """Write rows as GDELT ships them: plain, or packed by the ending of the path."""
    text = "".join(f"{one}\n" for one in rows).encode()
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text, mtime=0))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(path.stem, text)
    else:
        path.write_bytes(text)
    return path


FORTY = [
    # Lead 1: officials visit on two days, three rows; the visit of 10 June is in the record.
    row("2022-06-09", "042", url="http://a.example/1"),
    row("2022-06-10", "043", "AFGINSTAL", "FJIGOV", url="http://a.example/2"),
    row("2022-06-10", "042", url="http://a.example/1"),
    # Lead 2: talks 5 days before the first meeting, by the government that came in August 2021.
    row("2022-02-24", "040", "FJI", "AFGGOV"),
    # Lead 3: a visit ten weeks before it, which a rule would take: no dealings stood.
    row("2021-12-20", "042"),
    row("2021-12-23", "042"),  # two days between: the same lead
    row("2021-12-27", "042"),  # three days between: the next one, lead 4
    # Lead 5: a recognition that the rules refuse on the press's word.
    row("2022-11-15", "054"),
    # Lead 6: a businessman's visit is a visit, and no act.
    row("2022-09-01", "042", "FJIBUS"),
    # Lead 7: a country without a file.
    row("2022-05-05", "040", "TUVGOV"),
    # No dealings: the republic before August 2021, Afghans among themselves, others.
    row("2021-07-01", "042", "FJIGOV", "AFGGOV"),
    row("2022-05-05", "190", "AFGINSTAL", "AFGCVL"),
    row("2022-05-05", "042", "FJIGOV", "TUVGOV"),
    # A code that is no code, and an actor for whom the crosswalk says nothing.
    row("2022-05-06", "999"),
    row("2022-05-07", "042", "FJIIGO"),
    # Rows that cannot be used: a day that is none, a country that is none, too few columns.
    row("2022-02-30", "042"),
    row("2022-05-08", "042", "XYZGOV"),
    "20220508\tFJI\tAFG",
    # The rest is noise.
    *(row(f"2022-07-{day:02}", "010", "USAGOV", "CHNGOV") for day in range(1, 23)),
]
