"""The rule table and the replay of one scenario through it. Reads and writes no files."""
