"""Analyses of many replays, and of the rule table itself.

Of replays: `lint` (warnings), `coverage`, `claims`, `precedence`, `survival`, `verify`. Of the
table: `model_checking`, `mutation`, `known_gaps`, and `proof`, which joins them for `prove`.
"""
