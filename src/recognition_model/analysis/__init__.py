"""Questions to many replays, and to the rule table itself."""
