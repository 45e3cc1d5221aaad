"""Value types: stages, dates, evidence, scenarios, histories, findings.

Imports no other package of ours. `codes` lists every finding code; `wording` and `glossary` hold
words that several packages print.
"""
