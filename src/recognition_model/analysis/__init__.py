"""Analyses of many replays, and of the rule table itself."""
