"""Provenance as linked data: PROV-O in JSON-LD, with an inline context.

Sources and evidence are entities. Each replay is an activity that used them, with the rule table
as its plan, and generated the history and its changes. Names are fragments of the file's own URL.
Activities have no time stamps: the same record gives the same bytes.

A history says whether its start is assumed, and why; what the answer for its last documented day
rests on; and how many days of its first spell are evidenced, silent or assumed. A change gives the
same three counts for the spell that it begins.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from recognition_model.analysis.edition import Edition
from recognition_model.analysis.recorded import known_entries
from recognition_model.core.changes import Change, Spell
from recognition_model.core.countries import name_of
from recognition_model.core.evidence import Source
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.basis_columns import days_of, rests_on
from recognition_model.exports.evidence import cited, evidence_known
from recognition_model.exports.formats import Job

_LINK = {"@type": "@id"}
_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rm": "urn:x-recognition-model:",
    "label": "rdfs:label",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "creator": "dcterms:creator",
    "language": "dcterms:language",
    "description": "dcterms:description",
    "partOf": {"@id": "dcterms:isPartOf", **_LINK},
    "page": {"@id": "rdfs:seeAlso", **_LINK},
    "source": {"@id": "prov:hadPrimarySource", **_LINK},
    "used": {"@id": "prov:used", **_LINK},
    "generatedBy": {"@id": "prov:wasGeneratedBy", **_LINK},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", **_LINK},
    "associatedWith": {"@id": "prov:wasAssociatedWith", **_LINK},
    "association": "prov:qualifiedAssociation",
    "agent": {"@id": "prov:agent", **_LINK},
    "plan": {"@id": "prov:hadPlan", **_LINK},
    **{
        word: {"@id": f"rm:{word}", "@type": "xsd:date"}
        for word in ("documentedUntil", "knownBy", "lastEntry", "reviewed")
    },
    **{
        word: f"rm:{word}"
        for word in ("ban", "basis", "stage", "startAssumed", "startAssumedBecause", "startBan")
    },
    **{word: f"rm:{word}" for word in ("daysAssumed", "daysEvidenced", "daysSilent", "startStage")},
    **{
        word: f"rm:{word}"
        for word in ("act", "after", "attestation", "banAfter", "banBefore", "bearing", "before")
    },
    **{
        word: f"rm:{word}"
        for word in ("country", "credibility", "date", "digest", "issued", "letters", "paragraph")
    },
    **{
        word: f"rm:{word}"
        for word in ("leftOut", "public", "reliability", "rule", "version", "voice")
    },
}
_AGENT, _RULES = "#recognition_model", "#rules"


def jsonld(replays: Sequence[Replay], edition: Edition) -> bytes:
    """Write the provenance of every change, from source to history."""
    graph: list[dict[str, Any]] = [
        _edition(edition),
        {
            "@id": _AGENT,
            "@type": "prov:SoftwareAgent",
            "label": f"recognition_model {edition.program}",
        },
        {"@id": _RULES, "@type": ["prov:Entity", "prov:Plan"], "label": "The rule table"},
        *map(_source, cited(replays)),
    ]
    for replay in replays:
        graph += _replay(replay, edition.countries[replay.country])
    document = {"@context": _CONTEXT, "@graph": graph}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _edition(edition: Edition) -> dict[str, Any]:
    """The document itself: its version, and the files that were left out of it."""
    node = {
        "@id": "#edition",
        "@type": "prov:Entity",
        "label": str(edition),
        "version": edition.version,
        "leftOut": list(edition.left_out) or None,
    }
    return _given(node)


def _source(source: Source) -> dict[str, Any]:
    node = {
        "@id": f"#source/{source.id}",
        "@type": ["prov:Entity", "prov:PrimarySource"],
        "title": source.title,
        "publisher": source.publisher,
        "creator": source.author,
        "language": source.language,
        "issued": source.issued.text,
        "public": source.public.text,
        "reliability": source.reliability.value,
        "page": source.url,
    }
    return _given(node)


def _replay(replay: Replay, digest: str) -> list[dict[str, Any]]:
    country = replay.country
    scenario, run, history = (f"#{kind}/{country}" for kind in ("scenario", "replay", "history"))
    items = [(f"#evidence/{country}/{e}/{n}", item) for e, n, item in evidence_known(replay)]
    nodes: list[dict[str, Any]] = [
        {
            "@id": scenario,
            "@type": "prov:Entity",
            "title": replay.title or name_of(country),
            "country": country,
            "digest": digest,
        }
    ]
    for name, item in items:
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
        nodes.append(_given(node))
    activity = {
        "@id": run,
        "@type": "prov:Activity",
        "label": f"Replay of {name_of(country)}",
        "knownBy": replay.known_by.isoformat() if replay.known_by else None,
        "used": [scenario, *(name for name, _ in items)],
        "associatedWith": _AGENT,
        "association": {"@type": "prov:Association", "agent": _AGENT, "plan": _RULES},
    }
    history_node = {
        "@id": history,
        "@type": ["prov:Entity", "prov:Collection"],
        "label": f"History of {name_of(country)}",
        "country": country,
        **_evidenced(replay),
        "generatedBy": run,
        "derivedFrom": [scenario],
    }
    return [*nodes, _given(activity), _given(history_node), *_changes(replay, run, history)]


def _evidenced(replay: Replay) -> dict[str, Any]:
    """Say what a history rests on at its start and at its end."""
    history, start = replay.history, replay.scenario.start
    basis, last, _ = rests_on(history, history.documented_until)
    return {
        "startStage": str(start.stage),
        "startBan": str(start.ban),
        "startAssumed": start.assumed is not None,
        "startAssumedBecause": start.assumed,
        **_days(history.spells[0]),
        "documentedUntil": history.documented_until.isoformat(),
        "reviewed": history.reviewed.isoformat() if history.reviewed else None,
        "stage": str(history.last.stage) if history.documented else None,
        "ban": str(history.last.ban) if history.documented else None,
        "basis": basis,
        "lastEntry": last.isoformat() if last else None,
    }


def _days(spell: Spell) -> dict[str, int]:
    names = ("daysEvidenced", "daysSilent", "daysAssumed")
    return dict(zip(names, days_of(spell), strict=True))


def _changes(replay: Replay, run: str, history: str) -> list[dict[str, Any]]:
    country = replay.country
    moves = [(n, o) for n, _, o in known_entries(replay) if isinstance(o, Change)]
    return [
        {
            "@id": f"#change/{country}/{at}",
            "@type": "prov:Entity",
            "label": f"{name_of(country)}: {change}",
            "partOf": history,
            "act": str(change.act),
            "date": change.date.text,
            "rule": change.rule,
            "before": str(change.before.stage),
            "after": str(change.after.stage),
            "banBefore": str(change.before.ban),
            "banAfter": str(change.after.ban),
            "attestation": str(change.attestation),
            **_days(replay.history.spells[at]),
            "generatedBy": run,
            "derivedFrom": [
                f"#evidence/{country}/{entry}/{item}" for item in range(1, len(change.evidence) + 1)
            ],
        }
        for at, (entry, change) in enumerate(moves, start=1)
    ]


def _given(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}


def write(job: Job) -> bytes:
    """The provenance that a job asks for."""
    return jsonld(job.replays, job.given.edition(dated=False))
