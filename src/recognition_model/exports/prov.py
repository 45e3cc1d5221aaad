"""Provenance as linked data: PROV-O in JSON-LD, with an inline context.

Sources and evidence are entities. Each replay is an activity that used them, with the rule table
as its plan, and generated the history and its changes. Names are fragments of the file's own URL.
Activities have no time stamps: the same record gives the same bytes.

A history says whether its start is assumed, and why; what the answer for its last documented day
rests on; and how many days of its first spell are evidenced, silent or assumed. A change gives the
same three counts for the spell that it begins. A date stands as written, with its earliest and its
latest day as typed values beside it. A country has the IRI that the Publications Office of the
European Union gives it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.countries import is_organisation, name_of
from recognition_model.core.evidence import Evidence, Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import rests_on
from recognition_model.exports.evidence import cited, evidence_known
from recognition_model.exports.formats import Job
from recognition_model.exports.prov_entries import (
    days_node,
    entry_nodes,
    evidence_name,
    is_replayed,
)
from recognition_model.exports.prov_rules import plan_nodes, plan_of
from recognition_model.exports.prov_terms import CONTEXT, Node, dated, without_empty

_AGENT = "#recognition_model"
_COUNTRIES = "http://publications.europa.eu/resource/authority/country/"
_OTHER_CODES = {"XKX": "1A0"}
"""Where the Publications Office has another code than ours."""


def jsonld(replays: Sequence[Replay], edition: Edition) -> bytes:
    """Write the provenance of every change, from source to history."""
    plans = {plan_of(replay.rules): replay.rules for replay in replays}
    graph: list[Node] = [
        _edition(edition),
        {
            "@id": _AGENT,
            "@type": "prov:SoftwareAgent",
            "label": f"recognition_model {edition.program}",
        },
        *(node for table in plans.values() for node in plan_nodes(table)),
        *map(_source, cited(replays)),
    ]
    for replay in replays:
        graph += _replay(replay, edition.countries[replay.country])
    document = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _edition(edition: Edition) -> Node:
    """The document itself: its version, and the files that were left out of it."""
    node = {
        "@id": "#edition",
        "@type": "prov:Entity",
        "label": str(edition),
        "version": edition.version,
        "leftOut": list(edition.left_out),
    }
    return without_empty(node)


def _source(source: Source) -> Node:
    node = {
        "@id": f"#source/{source.id}",
        "@type": ["prov:Entity", "prov:PrimarySource"],
        "title": source.title,
        "publisher": source.publisher,
        "creator": source.author,
        "language": source.language,
        **dated("issued", source.issued),
        **dated("public", source.public),
        **dated("seen", source.seen),
        "reliability": source.reliability.value,
        "page": source.url,
    }
    return without_empty(node)


def _country(code: str) -> Node:
    if is_organisation(code):
        return {
            "@id": f"#country/{code}",
            "@type": ["prov:Agent", "prov:Organization"],
            "label": name_of(code),
        }
    return {
        "@id": f"#country/{code}",
        "@type": "dcterms:Location",
        "label": name_of(code),
        "sameCountry": f"{_COUNTRIES}{_OTHER_CODES.get(code, code)}",
    }


def _replay(replay: Replay, digest: str) -> Iterator[Node]:
    country = replay.country
    scenario, run, history = (f"#{kind}/{country}" for kind in ("scenario", "replay", "history"))
    about = {"country": country, "place": f"#country/{country}"}
    unused = {n for n, _, outcome in known_entries(replay) if not is_replayed(outcome)}
    items = [(entry, evidence_name(country, entry, n), e) for entry, n, e in evidence_known(replay)]
    used = [name for entry, name, _ in items if entry not in unused]
    yield _country(country)
    yield {
        "@id": scenario,
        "@type": "prov:Entity",
        "title": replay.title or name_of(country),
        **about,
        "digest": digest,
    }
    for _, name, item in items:
        yield _evidence(name, item, scenario)
    activity = {
        "@id": run,
        "@type": "prov:Activity",
        "label": f"Replay of {name_of(country)}",
        "knownBy": replay.known_by.isoformat() if replay.known_by else None,
        "used": [scenario, *used],
        "associatedWith": _AGENT,
        "association": {
            "@type": "prov:Association",
            "agent": _AGENT,
            "plan": plan_of(replay.rules),
        },
    }
    history_node = {
        "@id": history,
        "@type": ["prov:Entity", "prov:Collection"],
        "label": f"History of {name_of(country)}",
        **about,
        **_evidenced(replay),
        "generatedBy": run,
        "derivedFrom": [scenario],
    }
    yield without_empty(activity)
    yield without_empty(history_node)
    yield from entry_nodes(replay, scenario, history, run)


def _evidence(name: str, item: Evidence, scenario: str) -> Node:
    at = item.at
    node = {
        "@id": name,
        "@type": "prov:Entity",
        "partOf": scenario,
        "source": f"#source/{item.source.id}",
        "description": item.claim,
        "voice": str(item.voice),
        "credibility": item.credibility,
        "bearing": str(item.bearing),
        "paragraph": at.paragraph if at else None,
        "letters": at.letters if at else None,
        "digest": at.digest if at else None,
    }
    return without_empty(node)


def _evidenced(replay: Replay) -> Node:
    """Say what a history rests on at its start and at its end."""
    history, start = replay.history, replay.scenario.start
    basis, last, _ = rests_on(history, history.documented_until)
    return {
        **dated("start", start.date),
        "startStage": str(start.stage),
        "startBan": str(start.ban),
        "startAssumed": start.assumed is not None,
        "startAssumedBecause": start.assumed,
        **days_node(history.spells[0]),
        "documentedUntil": history.documented_until.isoformat(),
        "reviewed": history.reviewed.isoformat() if history.reviewed else None,
        "stage": str(history.last.stage) if history.documented else None,
        "ban": str(history.last.ban) if history.documented else None,
        "basis": basis,
        "lastEntry": last.isoformat() if last else None,
    }


def write(job: Job) -> bytes:
    """The provenance that a job asks for."""
    return jsonld(job.replays, job.given.edition(dated=False))
