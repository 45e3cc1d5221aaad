"""Two codings of one country, for `story`: what they share, and where they differ."""

FIRST = """\
- {act: engage, date: 2022-03-01, evidence: [$host]}
- {signal: visit, date: 2022-06-10, evidence: [$press]}
- {act: accept_ambassador, date: 2024-01-15, evidence: [$host]}
"""
SECOND = """\
- {act: engage, date: 2022-03-11, evidence: [$host]}
- {signal: visit, date: 2022-06, evidence: [$taliban]}
- {signal: talks, date: 2023-05-05, evidence: [$press]}
- {act: accept_ambassador, date: 2024-01-15, evidence: [$host]}
"""
