"""Reports for readers. Each function takes values and returns text.

`build` makes the view model of `view`; `html` and `markdown` render it.
"""
