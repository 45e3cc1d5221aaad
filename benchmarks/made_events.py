"""Made-up coded events in the layout of GDELT 2.0, in which the dealings are known.

One row in a thousand is between a country and the Taliban; the others are between other actors,
some of them Afghan. Rows come in the order of their days, as GDELT ships them. DuckDB writes them,
and `dealings` works out in Python what a scan must find.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import duckdb

from recognition_model.core.event_layouts import LAYOUTS

GDELT = LAYOUTS["gdelt2"]
FIRST, DAYS = date(2022, 1, 1), 1461
EVERY = 1000
COUNTRIES = ("CHN", "RUS", "IRN", "PAK", "UZB", "TUR", "QAT", "IND", "KAZ", "USA", "DEU")
CODES = ("042", "040", "010", "036", "057", "073", "061", "190", "043", "112")
NOISE = (
    *("USAGOV", "CHNGOV", "RUSMIL", "INDGOV", "PAKGOV", "GBR", "FRAGOV", "DEUMED", "IRNGOV"),
    *("AFGCVL", "AFGREB", "SYRREB", "ISRMIL", "UKRGOV", "BRA", "EGYJUD", "NGACOP", "JPNBUS"),
)
TALIBAN = "AFGINSTAL"


def write(folder: Path, rows: int, ending: str, files: int = 8) -> list[Path]:
    """Write rows into files of one ending: `csv` with all 61 columns, `parquet` with those used."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = GDELT.columns if ending == "csv" else GDELT.used
    form = "FORMAT csv, DELIMITER '\t', HEADER false, QUOTE ''"
    if ending == "parquet":
        form = "FORMAT parquet"
    made = []
    limits = {"memory_limit": "2GB", "threads": 2, "temp_directory": str(folder)}
    with duckdb.connect(config=limits) as database:
        for number in range(files):
            path = folder / f"{number:03}.{ending}"
            begin, end = rows * number // files, rows * (number + 1) // files
            database.execute(f"COPY ({_query(columns, begin, end, rows)}) TO '{path}' ({form})")
            made.append(path)
    return made


def dealings(rows: int) -> Counter[tuple[str, date, str, str, bool]]:
    """Count the rows of every dealing: country, day, code, type of actor, whether they act."""
    found: Counter[tuple[str, date, str, str, bool]] = Counter()
    for number in range(-(-rows // EVERY)):
        country = COUNTRIES[number % len(COUNTRIES)]
        day = FIRST + timedelta(number * EVERY * DAYS // rows)
        code = CODES[number // len(COUNTRIES) % len(CODES)]
        found[country, day, code, "GOV", number % 2 == 1] += 1
    return found


def _query(columns: tuple[str, ...], begin: int, end: int, rows: int) -> str:
    """The rows from one number to another. Where a column says nothing, it is empty."""
    actors = ", ".join(f"'{one}'" for one in NOISE)
    nations = ", ".join(f"'{one}'" for one in COUNTRIES)
    codes = ", ".join(f"'{one}'" for one in CODES)
    values = {
        "GLOBALEVENTID": "i",
        "SQLDATE": "strftime(day, '%Y%m%d')",
        "MonthYear": "strftime(day, '%Y%m')",
        "Year": "strftime(day, '%Y')",
        "FractionDate": "year(day) + 0.5",
        "IsRootEvent": "1",
        "EventCode": "code",
        "EventBaseCode": "code[:3]",
        "EventRootCode": "code[:2]",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "i % 7 + 1",
        "NumSources": "1",
        "NumArticles": "i % 7 + 1",
        "AvgTone": "(i % 1000) / 100.0",
        "ActionGeo_FullName": "'A made-up place, A made-up province, A country'",
        "ActionGeo_Lat": "34.5166700000000",
        "ActionGeo_Long": "69.1833300000000",
        "DATEADDED": "strftime(day, '%Y%m%d') || '120000'",
        "SOURCEURL": "'https://news.example/world/an-article-about-something-' || i % 1000",
    }
    for at, actor in ((1, "one"), (2, "two")):
        values |= {
            f"Actor{at}Code": actor,
            f"Actor{at}Name": f"'ACTOR ' || {actor}",
            f"Actor{at}CountryCode": f"{actor}[:3]",
            f"Actor{at}KnownGroupCode": f"CASE WHEN {actor} = '{TALIBAN}' THEN 'TAL' ELSE '' END",
            f"Actor{at}Type1Code": f"{actor}[4:6]",
        }
    empty = "''"
    picked = ", ".join(f"{values.get(name, empty)} AS {name}" for name in columns)
    return f"""
WITH drawn AS (
    SELECT range AS i, i // {EVERY} AS k, i % {EVERY} = 0 AS ours,
        DATE '{FIRST}' + CAST(i * {DAYS} // {rows} AS INTEGER) AS day,
        CAST(hash(i) % 4294967296 AS BIGINT) AS luck
    FROM range({begin}, {end})
), named AS (
    SELECT *, ([{nations}])[k % {len(COUNTRIES)} + 1] || 'GOV' AS theirs,
        ([{codes}])[CASE WHEN ours THEN k // {len(COUNTRIES)} ELSE luck // 7 END
            % {len(CODES)} + 1] AS code,
        ([{actors}])[luck // 64 % {len(NOISE)} + 1] AS any_one,
        ([{actors}])[luck // 8192 % {len(NOISE)} + 1] AS any_two
    FROM drawn
), acted AS (
    SELECT *,
        CASE WHEN NOT ours THEN any_one WHEN k % 2 = 1 THEN '{TALIBAN}' ELSE theirs END AS one,
        CASE WHEN NOT ours THEN any_two WHEN k % 2 = 1 THEN theirs ELSE '{TALIBAN}' END AS two
    FROM named
)
SELECT {picked} FROM acted"""
