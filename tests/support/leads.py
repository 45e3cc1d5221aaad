"""Two leads: one near an entry of the record, one in a country without a record."""

from __future__ import annotations

from datetime import date

import recognition_model as rm
from recognition_model.analysis.screening import Lead, RuleVerdict, Standing
from recognition_model.core.signals import Family
from support.pictured import act, record

(ENGAGED,) = rm.events([record(act("engage", "2022-03-01"))])
NEAR = Lead(
    country="FJI",
    matter="recognise",
    first=date(2022, 3, 3),
    last=date(2022, 3, 4),
    rows=3,
    mentions=12,
    sources=2,
    codes=("054", "055"),
    urls=("https://example.org/1", "https://example.org/2"),
    family=None,
    act=rm.Act.RECOGNISE,
    nearest=ENGAGED,
    distance=2,
    standing=Standing.NEAR,
    rules=RuleVerdict.REFUSED,
    rules_say="not attested",
    score=0.5,
)
ALONE = Lead(
    country="NOR",
    matter="visit",
    first=date(2022, 5, 1),
    last=date(2022, 5, 1),
    rows=1,
    mentions=1,
    sources=1,
    codes=("042",),
    urls=(),
    family=Family.VISIT,
    act=None,
    nearest=None,
    distance=None,
    standing=Standing.NO_RECORD,
    rules=RuleVerdict.NONE,
    rules_say="",
    score=0.0004,
)
