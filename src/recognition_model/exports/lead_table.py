"""The table of leads: days of coded dealings, each with what the record has near it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from recognition_model.analysis.screening import Lead, RuleVerdict, Standing
from recognition_model.core.countries import name_of
from recognition_model.exports.categories import ACTS, FAMILIES, ranked
from recognition_model.exports.long_tables import CODE
from recognition_model.exports.table_schema import Field, Kind, Row, Table, numbered, text, words

_STANDINGS = ranked("lead_standing", Standing)
_VERDICTS = ranked("lead_rules", RuleVerdict)


def leads_table(leads: Sequence[Lead]) -> Table:
    """Build the table of leads, in their order."""
    return Table(
        name="leads",
        title="Leads from coded event data",
        description="Days on which event data have dealings of one kind between a country and the"
        " Taliban: a row for each run of such days. A lead is no entry of the record: a machine"
        " coded it, and a person must look.",
        fields=_fields(),
        key=("lead",),
        rows=tuple(_row(lead, rank) for rank, lead in enumerate(leads, start=1)),
    )


def _fields() -> tuple[Field, ...]:
    def count(name: str, description: str, unit: str) -> Field:
        return Field(name=name, description=description, kind=Kind.COUNT, minimum=0, unit=unit)

    return (
        CODE,
        Field(name="first_day", description="First day.", kind=Kind.DAY, required=True),
        Field(name="last_day", description="Last day.", kind=Kind.DAY, required=True),
        count("rows", "Rows of the event data.", "rows"),
        text("codes", "The event codes, with spaces between.", required=True, example="042 043"),
        text("nearest_date", "Date of the nearest entry of the record, as its file has it."),
        count("distance_days", "Days between the lead and that entry; 0 on a shared day.", "days"),
        text("standing", "What the record has by it.", required=True, categories=_STANDINGS),
        text("nearest_entry", "That entry, in words."),
        text("lead", "Name of the lead, for a verdict.", required=True),
        text("name", "Name of the country."),
        text("family", "Family of signals that the codes belong to.", categories=FAMILIES),
        text("act", "The act that it would be, if the codes are right.", categories=ACTS),
        text(
            "rules", "What the rules would make of that act.", required=True, categories=_VERDICTS
        ),
        text("rules_say", "The rule, or the conditions not met."),
        count("mentions", "Mentions, as the event data count them.", "mentions"),
        count("sources", "Sources, as the event data count them.", "sources"),
        text("urls", "At most three addresses of articles, with spaces between."),
        Field(
            name="score",
            description="Thousandths of the score that sorts the leads. It is no probability.",
            kind=Kind.COUNT,
            minimum=0,
            unit="thousandths",
        ),
        text("verdict", "What a person says of it: fill it in, and give the file to --verdicts."),
        numbered("rank", "Number in the order of the score, from 1."),
    )


def _row(lead: Lead, rank: int) -> Row:
    nearest = lead.nearest
    return (
        lead.country,
        lead.first,
        lead.last,
        lead.rows,
        words(lead.codes),
        nearest.date.text if nearest else None,
        lead.distance,
        lead.standing.value,
        nearest.what if nearest else None,
        lead.id,
        name_of(lead.country),
        lead.family.value if lead.family else None,
        lead.act.value if lead.act else None,
        lead.rules.value,
        lead.rules_say or None,
        lead.mentions,
        lead.sources,
        words(lead.urls),
        round(lead.score * 1000),
        None,
        rank,
    )


def leads_as_parquet(table: Table) -> bytes:
    """Write a table of leads as a Parquet file. Raises `NeedsPyArrow`."""
    stream = BytesIO()
    table.write_parquet(stream, {})
    return stream.getvalue()
