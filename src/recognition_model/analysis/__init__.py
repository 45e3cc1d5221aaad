"""Analyses of many replays, and of the rule table itself.

Of replays: `lint` (warnings), `coverage`, `claims` about many countries, `precedence` (who was
first), `waits` and `survival` (time to a stage), `verify` (locators). Of the table:
`model_checking`, `mutation`, `known_gaps`, and `proof`, which joins them for `prove`.
"""
