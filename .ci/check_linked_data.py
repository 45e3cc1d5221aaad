"""The linked data, asked in SPARQL with rdflib, against what the library says of the same record.

`nox -s consumers` runs this.
"""

from __future__ import annotations

from datetime import date

import rdflib

import recognition_model as rm
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.changes import Change
from recognition_model.core.dates import closed, end_of
from recognition_model.core.scenario import SignalStep, StatusStep
from recognition_model.engine.rules import RULES
from recognition_model.exports import export

REPLAYS = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
PREFIXES = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rm: <urn:x-recognition-model:>
"""
OFFICE = "http://publications.europa.eu/resource/authority/country/"
Rows = list[tuple[str, ...]]


def asked(graph: rdflib.Graph, question: str) -> Rows:
    """The rows of an answer as texts, sorted."""
    return sorted(tuple(map(str, row)) for row in graph.query(PREFIXES + question))


def bounds(replay: rm.Replay, at: int) -> tuple[date | None, date | None]:
    earliest, latest = replay.history.bounds[at]
    return closed(end_of(earliest)), closed(end_of(latest))


def changes_between(graph: rdflib.Graph) -> int:
    """Changes that surely lie between two days, by the country's IRI outside the file."""
    first, last = date(2021, 8, 15), date(2022, 12, 31)
    found = asked(
        graph,
        f"""SELECT ?country ?act ?rule WHERE {{
            ?change a rm:Change; rm:act ?act; dcterms:spatial/skos:exactMatch ?country;
                rm:dateEarliest ?from; rm:dateLatest ?to; rm:permittedBy/rm:code ?rule.
            FILTER (?from >= "{first}"^^xsd:date && ?to <= "{last}"^^xsd:date) }}""",
    )
    wanted = sorted(
        (f"{OFFICE}{replay.country}", str(change.act), change.rule)
        for replay in REPLAYS
        for at, change in enumerate(replay.changes, start=1)
        if all(bounds(replay, at))
        and first <= bounds(replay, at)[0] <= bounds(replay, at)[1] <= last
    )
    assert wanted, "no change between the two days: the question asks nothing"
    assert found == wanted, (found, wanted)
    return len(found)


def disputes(graph: rdflib.Graph) -> int:
    """Nothing is derived from what disputes it; `disputedBy` has every such item."""
    assert not asked(
        graph,
        """SELECT ?node WHERE {
            ?node prov:wasDerivedFrom ?item. ?item rm:bearing "disputes" }""",
    )
    found = asked(
        graph,
        """SELECT ?country ?act ?source WHERE {
            ?change a rm:Change; rm:country ?country; rm:act ?act; rm:disputedBy ?item.
            ?item rm:bearing "disputes"; prov:hadPrimarySource ?source }""",
    )
    wanted = sorted(
        (replay.country, str(change.act), item.source.id)
        for replay in REPLAYS
        for change in replay.changes
        for item in change.evidence
        if not item.supports
    )
    assert wanted, "no change is disputed: the question asks nothing"
    named = [(country, act, source.partition("#source/")[2]) for country, act, source in found]
    assert sorted(named) == wanted, (named, wanted)
    return len(wanted)


def rules(graph: rdflib.Graph) -> int:
    """The plan of every replay holds each rule, with what it needs."""
    found = asked(
        graph,
        """SELECT ?code ?act ?before ?after ?ban ?becomes ?needs WHERE {
            ?plan a prov:Plan; prov:hadMember ?rule.
            ?rule rm:code ?code; rm:permits ?act; rm:stagesBefore ?before; rm:stageAfter ?after;
                rm:bansBefore ?ban; rm:banBecomes ?becomes; rm:needs ?needs }""",
    )
    wanted = sorted(
        (
            *(rule.code, str(rule.act), str(stage), str(rule.after)),
            *(ban, str(rule.ban_becomes or "same"), str(rule.needs)),
        )
        for rule in RULES
        for stage in rule.before
        for ban in rule.bans
    )
    assert found == wanted, (found, wanted)
    plans = asked(
        graph,
        """SELECT DISTINCT ?run ?digest WHERE {
            ?run prov:qualifiedAssociation/prov:hadPlan ?plan. ?plan rm:digest ?digest }""",
    )
    assert len(plans) == len(REPLAYS)
    assert len({digest for _, digest in plans}) == 1
    return len(RULES)


def entries(graph: rdflib.Graph) -> int:
    """Every entry is there once; what was not used answers no question for facts."""
    signals = asked(
        graph,
        """SELECT ?country ?entry ?word ?family WHERE {
            ?s a rm:Signal; rm:country ?country; rm:entry ?entry; rm:signal ?word;
                rm:family ?family }""",
    )
    denied = asked(
        graph,
        """SELECT ?country ?entry ?word WHERE {
            ?s a rm:DeniedSignal; rm:country ?country; rm:entry ?entry; rm:deniedSignal ?word }""",
    )
    known = [(r.country, *entry) for r in REPLAYS for entry in known_entries(r)]
    told = [(country, str(n), s) for country, n, s, _ in known if isinstance(s, SignalStep)]
    wanted = sorted((code, n, s.signal, str(s.family)) for code, n, s in told if not s.denied)
    assert signals == wanted, set(signals) ^ set(wanted)
    assert denied == sorted((country, n, s.signal) for country, n, s in told if s.denied)
    statuses = asked(graph, "SELECT ?s ?holds WHERE { ?s a rm:Status; rm:holds ?holds }")
    aside = asked(graph, "SELECT ?s ?why WHERE { ?s a rm:SetAside; rm:setAsideBecause ?why }")
    refusals = asked(graph, "SELECT ?s ?act WHERE { ?s a rm:ExpectedRefusal; rm:refuses ?act }")
    changes = asked(graph, "SELECT ?s ?act WHERE { ?s rm:act ?act }")
    assert len(changes) == sum(isinstance(outcome, Change) for *_, outcome in known)
    assert len(statuses) <= sum(isinstance(step, StatusStep) for _, _, step, _ in known)
    found = (signals, denied, statuses, aside, refusals, changes)
    assert sum(map(len, found)) == len(known), [len(rows) for rows in found]
    assert not asked(
        graph,
        """SELECT ?s WHERE { ?s a rm:SetAside; ?fact ?x. FILTER (?fact IN (rm:act, rm:signal,
            rm:family, rm:date, rm:dateEarliest, rm:stageOn, prov:wasDerivedFrom,
            prov:wasGeneratedBy)) }""",
    )
    assert not asked(
        graph,
        """SELECT ?s WHERE { ?s a rm:SetAside; rm:cites ?item.
            { ?other prov:wasDerivedFrom ?item } UNION { ?run prov:used ?item } }""",
    )
    return len(known)


def main() -> None:
    graph = rdflib.Graph().parse(data=export("jsonld", REPLAYS, "jsonld"), format="json-ld")
    told = [
        f"{changes_between(graph)} changes between two days",
        f"{disputes(graph)} disputing items",
        f"{rules(graph)} rules",
        f"{entries(graph)} entries",
    ]
    print(f"{len(graph):,} triples: {', '.join(told)} as the library has them")


if __name__ == "__main__":
    main()
