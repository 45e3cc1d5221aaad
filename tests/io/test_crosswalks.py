"""Crosswalks: read strictly, with the place of every mistake; those that ship cover their lists."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recognition_model.core.crosswalks import Crosswalk
from recognition_model.core.diagnostics import RecordError
from recognition_model.core.event_codes import CODES
from recognition_model.core.evidence import Attestation
from recognition_model.core.signals import Family
from recognition_model.core.stages import Act
from recognition_model.io.crosswalks import load_crosswalk, shipped_crosswalks
from recognition_model.io.vocabulary import shipped_vocabulary

HEAD = """\
format: recognition-crosswalk/1
title: Mine
codes: cameo
reference: A code book
taliban:
  - {group: TAL, why: The group.}
events:
"""


def read(folder: Path, events: str, head: str = HEAD) -> Crosswalk:
    path = folder / "mine.yaml"
    path.write_text(head + events, encoding="utf-8")
    return load_crosswalk(path)


def findings(folder: Path, events: str, head: str = HEAD) -> list[str]:
    with pytest.raises(RecordError) as error:
        read(folder, events, head)
    return [f"{one.code} {one.place.line}: {one.message}" for one in error.value.findings]


def test_crosswalks_of_cameo_and_plover_ship() -> None:
    assert shipped_crosswalks() == ("cameo", "plover")


@pytest.mark.parametrize("name", shipped_crosswalks())
def test_shipped_crosswalk_says_what_every_code_means_for_a_government(name: str) -> None:
    crosswalk = load_crosswalk(name)
    silent = [c for c in CODES[crosswalk.codes] if crosswalk.meaning(c, "GOV") is None]
    assert silent == []


@pytest.mark.parametrize("name", shipped_crosswalks())
def test_no_shipped_meaning_attests_more_than_the_press_can(name: str) -> None:
    for meaning in load_crosswalk(name).events:
        assert meaning.attestation in (None, Attestation.REPORTED)


def test_shipped_crosswalk_agrees_with_the_codes_of_the_vocabulary_on_visits() -> None:
    crosswalk = load_crosswalk("cameo")
    for signal in shipped_vocabulary().words.values():
        if signal.family is Family.VISIT:
            found = {
                crosswalk.meaning(code, "GOV") for code in signal.cameo if code in ("042", "043")
            }
            assert {one.family for one in found if one} <= {Family.VISIT}


def test_a_code_means_what_the_nearest_listed_code_means(tmp_path: Path) -> None:
    crosswalk = read(
        tmp_path,
        "  - {codes: ['03'], family: contact, why: Intents.}\n"
        "  - {codes: ['033'], family: humanitarian, why: Aid.}\n",
    )
    families = {c: crosswalk.meaning(c) for c in ("03", "030", "033", "0331", "0339", "08")}
    assert {c: one and one.family for c, one in families.items()} == {
        "03": Family.CONTACT,
        "030": Family.CONTACT,
        "033": Family.HUMANITARIAN,
        "0331": Family.HUMANITARIAN,
        "0339": None,  # no code of CAMEO
        "08": None,
    }


def test_a_meaning_holds_for_its_actors_alone(tmp_path: Path) -> None:
    crosswalk = read(
        tmp_path,
        "  - {codes: ['042'], family: visit, act: engage, attestation: reported,"
        " actors: [GOV, STATE], why: Officials.}\n"
        "  - {codes: ['04'], family: contact, why: Talks.}\n",
    )
    acts = {kind: crosswalk.meaning("042", kind) for kind in ("GOV", "", "BUS")}
    assert {kind: one and one.act for kind, one in acts.items()} == {
        "GOV": Act.ENGAGE,
        "": Act.ENGAGE,
        "BUS": None,  # the nearest code is for others, and hides the one above
    }


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            "  - {codes: ['0421', '042'], family: visit, why: A.}\n",
            ["RM223 8: the code '0421' is not in the list of CAMEO"],
        ),
        (
            "  - {codes: ['042'], family: visit, why: A.}\n"
            "  - {codes: ['042'], family: contact, why: B.}\n",
            ["RM224 9: the code 042 has a meaning already, in line 8"],
        ),
        (
            "  - {codes: ['042'], family: visit, actors: [GOV, MIL], why: A.}\n"
            "  - {codes: ['042'], family: contact, actors: [MIL, COP], why: B.}\n",
            ["RM224 9: the code 042 has a meaning already for MIL, in line 8"],
        ),
        (
            "  - {codes: ['042'], why: A.}\n",
            ["RM212 8: these codes mean nothing here: they have neither `family` nor `act`"],
        ),
        (
            "  - {codes: ['042'], act: engage, why: A.}\n",
            ["RM202 8: `act` and `attestation` go together"],
        ),
    ],
)
def test_every_mistake_has_its_place(tmp_path: Path, events: str, expected: list[str]) -> None:
    assert findings(tmp_path, events) == expected


def test_one_code_may_mean_two_things_for_different_actors(tmp_path: Path) -> None:
    crosswalk = read(
        tmp_path,
        "  - {codes: ['042'], family: visit, actors: [GOV], why: A.}\n"
        "  - {codes: ['042'], family: contact, actors: [BUS], why: B.}\n",
    )
    assert [str(crosswalk.meaning("042", kind)) for kind in ("GOV", "BUS")] == [
        "042: visit",
        "042: contact",
    ]


def test_unknown_family_is_reported_with_a_suggestion(tmp_path: Path) -> None:
    (told,) = findings(tmp_path, "  - {codes: ['042'], family: vist, why: A.}\n")
    assert told.startswith("RM204 8: ")


def test_an_actor_is_named_in_one_way(tmp_path: Path) -> None:
    head = HEAD.replace("{group: TAL,", "{group: TAL, code: AFGINSTAL,")
    events = "  - {codes: ['042'], family: visit, why: A.}\n"
    (told,) = findings(tmp_path, events, head)
    assert told == "RM212 6: an actor has one of code, group and name; this has code and group"


def test_code_of_a_country_is_read_with_the_country_that_it_stands_for(tmp_path: Path) -> None:
    head = HEAD.replace("events:", "countries:\n  - {code: ROM, country: ROU}\nevents:")
    (alias,) = read(tmp_path, "  - {codes: ['042'], family: visit, why: A.}\n", head).countries
    assert (alias.code, alias.country, alias.place.line) == ("ROM", "ROU", 8)


@pytest.mark.parametrize(
    ("names", "day_format", "expected"),
    [
        (
            "[day, code, c1, c2, day]",
            "'%Y-%m-%d'",
            "RM212 13: the column 'day' stands in `names:` twice; give each column its own name",
        ),
        (
            "[day, code, c1]",
            "'%Y-%m-%d'",
            "RM212 13: `names:` lacks the column 'c2'; name all columns in their order",
        ),
        (
            "[day, code, c1, c2]",
            "'%Y-%m'",
            "RM212 14: '%Y-%m' gives no day with its month and year;"
            " write signs of strptime, as %Y-%m-%d or %Y%m%d",
        ),
    ],
)
def test_columns_that_cannot_be_read_are_told_at_their_key(
    tmp_path: Path, names: str, day_format: str, expected: str
) -> None:
    columns = f"""\
  - {{codes: ['042'], family: visit, why: A.}}
columns:
  day: day
  actor: {{country: c1}}
  recipient: {{country: c2}}
  names: {names}
  day-format: {day_format}
  code: code
"""
    with pytest.raises(RecordError) as error:
        read(tmp_path, columns)
    told = [f"{o.code} {o.place.line}: {o.message}; {o.hint}" for o in error.value.findings]
    assert told == [expected]


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    told = findings(
        tmp_path,
        "  - {codes: ['999'], family: visit, why: A.}\n  - {codes: ['043'], why: B.}\n",
    )
    assert sorted(one[:5] for one in told) == ["RM212", "RM223"]


def test_codes_of_plover_are_not_codes_of_cameo(tmp_path: Path) -> None:
    (told,) = findings(tmp_path, "  - {codes: [CONSULT/visit], family: visit, why: A.}\n")
    assert told == "RM223 8: the code 'CONSULT/visit' is not in the list of CAMEO"


def test_a_code_that_is_a_list_is_reported_with_an_example(tmp_path: Path) -> None:
    head = HEAD.replace("{group: TAL", "{group: [TAL, GOV]")
    with pytest.raises(RecordError) as error:
        read(tmp_path, "  - {codes: ['042'], family: visit, why: A.}\n", head)
    (told,) = error.value.findings
    assert (told.code, told.place.line) == ("RM203", 6)
    assert told.hint == "write it as in `group: GOV`"


def test_no_module_of_event_data_is_loaded_with_the_record() -> None:
    script = (
        "import json, sys, recognition_model as rm\n"
        "rm.load_folder()\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('recognition_model')]))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = json.loads(ran.stdout)
    assert "recognition_model.io.reader" in loaded
    assert [name for name in loaded if "crosswalk" in name or "event_" in name] == []
