"""The words of the linked data: the context of the JSON-LD, with the type of each value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognition_model.core.dates import When, closed

Node = dict[str, Any]

_LINK = {"@type": "@id"}
_PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rm": "urn:x-recognition-model:",
}
_TEXTS = {
    "label": "rdfs:label",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "creator": "dcterms:creator",
    "language": "dcterms:language",
    "description": "dcterms:description",
    "association": "prov:qualifiedAssociation",
}
_LINKS = {
    "partOf": "dcterms:isPartOf",
    "place": "dcterms:spatial",
    "sameCountry": "skos:exactMatch",
    "page": "rdfs:seeAlso",
    "source": "prov:hadPrimarySource",
    "used": "prov:used",
    "generatedBy": "prov:wasGeneratedBy",
    "derivedFrom": "prov:wasDerivedFrom",
    "associatedWith": "prov:wasAssociatedWith",
    "agent": "prov:agent",
    "plan": "prov:hadPlan",
    "member": "prov:hadMember",
    "cites": "rm:cites",
    "disputedBy": "rm:disputedBy",
    "permittedBy": "rm:permittedBy",
}
_DAYS = (
    *("documentedUntil", "knownBy", "lastEntry", "reviewed"),
    *(
        f"{name}{end}"
        for name in ("date", "claimedDate", "issued", "public", "seen", "start")
        for end in ("Earliest", "Latest")
    ),
)
_WORDS = (
    *("act", "after", "attestation", "ban", "banAfter", "banBecomes", "banBefore", "bansBefore"),
    *("basis", "bearing", "because", "before", "claimed", "claimedAct", "claimedDate", "code"),
    *("country", "credibility", "date", "daysAssumed", "daysEvidenced", "daysSilent"),
    *(
        "deniedFamily",
        "deniedSignal",
        "digest",
        "entry",
        "family",
        "holds",
        "issued",
        "leftOut",
        "letters",
    ),
    *("needs", "paragraph", "permits", "public", "reference", "refuses", "reliability", "rule"),
    *("seen", "setAsideBecause", "signal", "stage", "stageAfter", "stageAtLeast", "stageBelow"),
    *("stageOn", "banOn", "stagesBefore", "start", "startAssumed", "startAssumedBecause"),
    *("startBan", "startStage", "unmet", "version", "voice"),
)

CONTEXT: Mapping[str, Any] = {
    "@version": 1.1,
    **_PREFIXES,
    **_TEXTS,
    **{word: {"@id": iri, **_LINK} for word, iri in _LINKS.items()},
    **{word: {"@id": f"rm:{word}", "@type": "xsd:date"} for word in _DAYS},
    **{word: f"rm:{word}" for word in _WORDS},
}
"""Which property each key of a node is, and the type of its value."""


def without_empty(node: Node) -> Node:
    """Return a node without the keys that have no value."""
    return {key: value for key, value in node.items() if value is not None and value != []}


def dated(name: str, when: When | None) -> Node:
    """Give a date as written, and its earliest and latest day. An open end has no day."""
    return {name: when.text, **bounded(name, when)} if when else {}


def bounded(name: str, when: When) -> Node:
    """Give the earliest and the latest day of a date."""
    ends = {"Earliest": closed(when.earliest), "Latest": closed(when.latest)}
    return {f"{name}{end}": day.isoformat() if day else None for end, day in ends.items()}
