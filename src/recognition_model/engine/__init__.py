"""The rule table and the replay of a scenario through it. Reads and writes no files."""
