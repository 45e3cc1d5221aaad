"""The texts that `io.scaffold` fills: a file as it begins, and a guide to delete.

A slot is a word in angle brackets: a word inside a line, a table in place of a line, or the
explanation of a key at the end of its line.
"""

MARK = "=" * 98
# The guide begins with this line. What is above it is the file, what is below it can be deleted.
GUIDE = f"""\

# {MARK}
# GUIDE. Delete everything from the line above to the end of the file once you do not need it.
"""

IN_QUOTES = 'Put brackets in quotes: "[Envoys meet]".'

SCENARIO = """\
# <country>: its position towards the Taliban government.
format: <format>
country: <code><kind-line>
title: <name>, not yet looked up
start:
  stage: <stage>
  ban: <ban>
  date: <date>
  assumed: <assumed>
documented-until: <date>

timeline: []
"""

SCENARIO_GUIDE = """\
#
# The file above makes no claim yet. You can replay it now:
#
#     recognition-model replay <code>.yaml
#
# Put your entries in the place of `timeline: []`. Text after a # is a comment.
# `recognition-model explain WORD` explains a word, a rule (R02) or a finding (RM302).
# To have your editor complete the names of your own sources too:
#
#     recognition-model schema --with . -o schemas/scenario.json
#
# The rest of the guide is an invented example with every key. To try it, do this here and in the
# sources.yaml of this folder:
#
#   1. Delete all lines above the line of = signs, except the first.
#   2. From every line that starts with  #:  delete these two characters and the space after them.

#: format: <format>
#: country: <code> <Scenario.country>
#: kind: <kind> <Scenario.kind>
#: title: An invented example <Scenario.title>

# Stages, lowest to highest:
<Stage>
# Bans, recorded in addition to the stage:
<Ban>

#: start: <Scenario.start>
#:   stage: hostile <Start.stage>
#:   ban: none <Start.ban>
# The day the Taliban took Kabul (source: tass-2022-01-31 in the register). If their first
# government matters, use the day they first took it: 1996-09-27 (source: guardian-1996-09-28).
#:   date: 2021-08-15 <Start.date>
#:   assumed: This start is made up. <Start.assumed>
# Optional key of the start:
<start>

#: documented-until: 2023-06-30 <Scenario.documented-until>
#: reviewed: 2023-09-30 <Scenario.reviewed>
#: review-every: 90 <Scenario.review-every>
#: coder: A. B. <Scenario.coder>

#: doctrine: <Scenario.doctrine>
#:   says: It recognises states, never governments. <Doctrine.says>
#:   evidence: <Doctrine.evidence>
#:     - {source: example-2023, voice: host, credibility: 1, claim: Its ministry says so.}

# The events, in the order they happened. There are four kinds of entry:
<kinds>

#: timeline: <Scenario.timeline>

# --- act ------------------------------------------------------------------------------------------
#
# Acts, the rules that may permit them, and the attestation that each rule needs at least:
<acts>
# Attestation, weakest to strongest:
<Attestation>
# Voices. The strongest voice that supports an entry counts:
<voices>

#:   - act: engage <ActStep.act>
#:     date: 2021-11-18 <ActStep.date>
#:     dated-by: done <ActStep.dated-by>
#:     note: Envoys hold talks in Kabul. <ActStep.note>
#:     evidence: <ActStep.evidence>
#:       - source: example-2023 <Evidence.source>
#:         voice: press <Evidence.voice>
#:         credibility: 2 <Evidence.credibility>
#:         claim: Envoys met ministers. <Evidence.claim>
# Result: R02 permits it, and the stage becomes engaged.
#
# Optional keys of an evidence item:
<more>

# An act that is no longer credible stays in the file. It is shown but never replayed:
#:   - act: <struck-act>
#:     rank: deprecated <ActStep.rank>
#:     because: The ministry denied it. <ActStep.because>
#:     date: 2022-02
#:     evidence:
#:       - {source: example-2023, voice: press, credibility: 5, claim: <struck-claim>}
#:       - source: example-2023
#:         voice: host
#:         credibility: 1
#:         bearing: disputes <Evidence.bearing>
#:         claim: <struck-denial>

# --- signal ---------------------------------------------------------------------------------------
#
# If you do not know the exact day, write what you know: 2022-03, not 2022-03-01.
<dates>

#:   - signal: visit <SignalStep.signal>
#:     date: 2022-03~
#:     evidence:
#:       - {source: example-2023, voice: taliban, credibility: 2, claim: A delegation came.}
# Result: it is shown, and the stage does not change.

# --- refuse ---------------------------------------------------------------------------------------
#
# A false report, or an act that an authority calls impossible. Give the evidence that the act would
# have. The rules must refuse it, for one of these reasons:
<Reason>

#:   - refuse: <refused-act> <RefuseStep.refuse>
#:     date: 2022-05-02..2022-05-04
#:     because: not-attested <RefuseStep.because>
#:     evidence:
#:       - {source: example-2023, voice: press, credibility: 4, claim: <refused-claim>}
# Result: refused, as expected.

# --- status ---------------------------------------------------------------------------------------
#
# What a source says the state was on a day. Every key given must hold:
<status>

#:   - status: <asserted> <StatusStep.status>
#:     date: 2022-12-31
#:     contradiction: One table lists an embassy. We follow the text. <StatusStep.contradiction>
#:     evidence:
#:       - {source: example-2023, voice: other_state, credibility: 2, claim: There are only talks.}
# Result: the status holds.

# --- an act that needs an official voice ----------------------------------------------------------

#:   - act: <last-act>
#:     date: 2023-02
#:     evidence:
#:       - {source: example-2023, voice: host, credibility: 1, claim: <last-claim>}
# Result: <last-result>
"""

COUNTRY_EXAMPLE = {
    "struck-act": "accept_ambassador",
    "struck-claim": "An ambassador came.",
    "struck-denial": "No ambassador came.",
    "refused-act": "recognise",
    "refused-claim": "It reports recognition.",
    "asserted": "{at-least: engaged, below: de_jure_recognition}",
    "last-act": "accept_ambassador",
    "last-claim": "It took his credentials.",
    "last-result": "R04 permits it, and the stage becomes ambassador_accepted.",
}
ORGANISATION_EXAMPLE = {
    "struck-act": "break_off",
    "struck-claim": "All talks ended.",
    "struck-denial": "Talks go on.",
    "refused-act": "ban",
    "refused-claim": "It reports a ban.",
    "asserted": "{stage: engaged, ban: none}",
    "last-act": "ban",
    "last-claim": "It outlawed the movement.",
    "last-result": "R01 permits it, and the stage becomes banned.",
}

SOURCES = """\
# The sources of the records in this folder. They add to the register that ships with the package.
# Records may cite sources from both. Do not use a name of that register again here.
format: <format>
sources: {}
"""

SOURCES_GUIDE = """\
#
# Put your sources in the place of `sources: {}`.
#
# The rest of the guide is an example. It belongs to the one in the file that `recognition-model
# new COUNTRY` writes. To try it, do this in both files:
#
#   1. Delete all lines above the line of = signs, except the first.
#   2. From every line that starts with  #:  delete these two characters and the space after them.

#: format: <format>
#: sources:
#:   example-2023: <Source.name>
#:     type: report <Source.type>
#:     publisher: The Example <Source.publisher>
#:     title: An invented yearbook <Source.title>
#:     issued: 2023-05 <Source.issued>
#:     public: 2023-06-30 <Source.public>
#:     language: en <Source.language>
#:     url: https://example.org/2023 <Source.url>
#:     reliability: C <Source.reliability>

# Optional keys of a source:
<more>
# Allowed words for two of the keys:
<words>
"""
