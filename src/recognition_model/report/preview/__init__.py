"""Pages of a site while its files are written: made in memory, served on this machine alone.

`reading` reads the files again when they change, `pages` makes the pages that are asked for,
`findings_box` puts what was found on them, and `server` serves them.
"""
