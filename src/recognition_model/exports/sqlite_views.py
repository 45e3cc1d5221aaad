"""Views of the SQLite database, and the columns that its full-text search covers.

A new view is one entry in `VIEWS`; a view is left out of a database without the tables it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

SEARCHED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "countries": ("title", "start_assumed", "doctrine"),
        "entries": ("note", "contradiction"),
        "evidence": ("claim",),
        "sources": ("title", "publisher", "author", "note"),
    }
)
"""By table, the columns whose texts can be searched."""


@frozen(kw_only=True)
class View:
    """A view: its name, what it shows, the tables it needs and its query."""

    name: str
    says: str
    needs: frozenset[str]
    query: str

    @property
    def definition(self) -> str:
        """The statement that creates it."""
        return f'CREATE VIEW "{self.name}" AS -- {self.says}\n{self.query.strip()}'


_CURRENT = View(
    name="current",
    says="The state of each country at the end of its record, and the change that made it.",
    needs=frozenset({"countries", "spells", "changes"}),
    query="""
SELECT
  c.country, c.name, c.stage, c.ban, c.basis, c.last_entry, c.days_since,
  c.documented_until, c.reviewed,
  h.date AS since, h.date_earliest AS since_earliest, h.date_latest AS since_latest,
  h.act, h.rule, h.attestation, h.change, h.entry
FROM countries AS c
LEFT JOIN spells AS s ON s.country = c.country AND s.last_documented
LEFT JOIN changes AS h ON h.country = s.country AND h.change = s.change
ORDER BY c.name
""",
)
_CHRONOLOGY = View(
    name="chronology",
    says="All entries of all countries by day, with their sources.",
    needs=frozenset({"countries", "entries", "evidence"}),
    query="""
SELECT
  c.name, e.*,
  (SELECT group_concat(DISTINCT v.source) FROM evidence AS v
   WHERE v.country = e.country AND v.entry = e.entry AND v.bearing = 'supports') AS supported_by,
  (SELECT group_concat(DISTINCT v.source) FROM evidence AS v
   WHERE v.country = e.country AND v.entry = e.entry AND v.bearing = 'disputes') AS disputed_by
FROM entries AS e
JOIN countries AS c USING (country)
ORDER BY coalesce(e.date_earliest, ''), e.date_latest, e.country, e.entry
""",
)
_EVIDENCE = View(
    name="evidence_with_source",
    says="Each item of evidence with the entry it belongs to and the document it is in.",
    needs=frozenset({"countries", "entries", "evidence", "sources"}),
    query="""
SELECT
  v.*, c.name, e.subject, e.claimed, e.date,
  s.publisher, s.author, s.title, s.issued, s.public, s.language, s.reliability, s.url, s.archive
FROM evidence AS v
JOIN countries AS c USING (country)
JOIN sources AS s USING (source)
LEFT JOIN entries AS e USING (country, entry)
""",
)


def _panel(unit: str) -> View:
    """A panel with the change that began the spell of each row."""
    return View(
        name=f"country_{unit}_with_change",
        says=f"The country-{unit} panel, with the change that began the spell of each row.",
        needs=frozenset({"countries", "spells", "changes", f"country_{unit}"}),
        query=_PANEL.replace("country_unit", f"country_{unit}"),
    )


_PANEL = """
SELECT
  p.*, c.name, h.entry, h.date AS changed, h.date_earliest AS changed_earliest,
  h.date_latest AS changed_latest, h.act, h.rule
FROM country_unit AS p
JOIN countries AS c USING (country)
LEFT JOIN spells AS s USING (country, spell)
LEFT JOIN changes AS h ON h.country = s.country AND h.change = s.change
"""
VIEWS = (_CURRENT, _CHRONOLOGY, _EVIDENCE, *map(_panel, ("day", "month", "year")))
"""Every view, in the order of the database."""
