"""The rule table and the replay of a scenario through it. Reads and writes no files.

`rules` is the table, `machine` runs it, `replay` takes a scenario through it; `invariants` say what
must hold of any history, and `monitors` how an invariant is checked change by change.
"""
