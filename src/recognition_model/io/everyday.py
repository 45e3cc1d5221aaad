"""Everyday words for the words of the files: `government` for `host`, `newspaper` for `press`.

Loaded only when a file has an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from recognition_model.core.claims import ClaimKind
from recognition_model.core.countries import UnknownCountry, code_of
from recognition_model.core.evidence import (
    CREDIBILITIES,
    Attestation,
    Bearing,
    Reliability,
    SourceType,
    Voice,
)
from recognition_model.core.likeness import bare
from recognition_model.core.scenario import Rank
from recognition_model.core.stages import Act, Ban, Reason, Stage
from recognition_model.core.types import LanguageTag
from recognition_model.core.wording import did_you_mean

_WORDS: Mapping[Enum, str] = {
    Voice.HOST: "government, gov, mfa, official, officials, state, ministry, minister, president,"
    " authorities, authority, foreign ministry, ministry of foreign affairs, foreign minister,"
    " embassy, spokesman, spokesperson, spokeswoman, court, parliament, own, country, self, home,"
    " national, receiving state, government of the country",
    Voice.TALIBAN: "emirate, islamic emirate, iea, ie, kabul, afghanistan, taliban government,"
    " taliban mfa, taliban spokesman, de facto authorities, de facto government, talib, talibs,"
    " taleban, afghan government, afghan, mujahid, muttaqi",
    Voice.OTHER_STATE: "un, united nations, unama, security council, foreign, foreign government,"
    " another state, other, third state, third party, third country, international, eu,"
    " european union, nato, osce, sco, ngo, organisation, organization, other country, neighbour",
    Voice.PRESS: "newspaper, news, media, journalist, journalists, reporter, agency, news agency,"
    " paper, outlet, correspondent, wire, broadcaster, tv, radio, magazine, report, blog, website,"
    " expert, analyst, observer, social media",
    Stage.HOSTILE: "none, no relations, no dealings, no contact, no contacts, enemy, hostility,"
    " broken off, war, nothing, unrecognised, unrecognized",
    Stage.BANNED: "ban, outlawed, designated, terrorist, proscribed, listed, illegal, forbidden,"
    " prohibited, blacklisted",
    Stage.ENGAGED: "engage, engagement, contact, contacts, dealings, relations, talks, dialogue,"
    " charge, charge d affaires, chargé, chargé d affaires, mission, embassy, de facto, working",
    Stage.DELISTED: "delist, unbanned, removed, removed from the list, ban lifted, lifted,"
    " suspended, legal",
    Stage.AMBASSADOR_ACCEPTED: "ambassador, accept ambassador, ambassadors, accredited,"
    " credentials, credentials accepted, agrément, agrement, full relations",
    Stage.DE_JURE_RECOGNITION: "recognised, recognized, recognise, recognize, recognition, de jure,"
    " full recognition, formal recognition, recognised de jure, recognized de jure",
    Ban.NONE: "no, false, never, no ban, nothing, not banned, unknown, off, 0",
    Ban.IN_FORCE: "yes, true, active, banned, listed, force, ban, outlawed, designated, current,"
    " on, 1, still, upheld",
    Ban.LIFTED: "removed, delisted, suspended, ended, over, expired, revoked, repealed, unbanned,"
    " former, was",
    Act.BAN: "banned, outlaw, outlawed, designate, designation, list, listing, proscribe,"
    " proscription, prohibit, forbid, blacklist, terrorist list",
    Act.ENGAGE: "engaged, engagement, first contact, first contacts, first dealings, open, begin,"
    " start, relations, establish relations, dialogue, charge, accept charge, charge accepted,"
    " chargé, accept chargé, open embassy",
    Act.DELIST: "delisted, delisting, lift ban, lift, unban, remove, remove from list, ban lifted,"
    " suspend ban, suspension, unlist, legalise, legalize",
    Act.ACCEPT_AMBASSADOR: "ambassador accepted, ambassador, accredit, accreditation, accredited,"
    " credentials, accept credentials, receive ambassador, receive credentials, agrément, agrement,"
    " upgrade",
    Act.RECOGNISE: "recognize, recognised, recognized, recognition, de jure recognition,"
    " recognize de jure, recognise de jure",
    Act.WITHDRAW_RECOGNITION: "derecognise, derecognize, derecognition, unrecognise, unrecognize,"
    " revoke recognition, end recognition",
    Act.DOWNGRADE: "downgraded, recall ambassador, withdraw ambassador, expel ambassador, lower,"
    " recall, demote",
    Act.BREAK_OFF: "break, broken off, sever, sever relations, sever ties, cut, cut ties,"
    " severance, break relations, break off relations, end relations, rupture",
    Act.LAPSE: "lapsed, fall, collapse, fall of kabul",
    Attestation.NONE: "nothing, nobody, no evidence, unattested, 0",
    Attestation.REPORTED: "press, news, media, report, reports, press report, newspaper",
    Attestation.CLAIMED: "claim, claims, taliban, the taliban, other_state, other state, party",
    Attestation.OFFICIAL: "host, government, the host, own word, officially, confirmed",
    Bearing.SUPPORTS: "support, supporting, for, confirms, confirm, yes, true, pro, positive",
    Bearing.DISPUTES: "dispute, disputed, denies, deny, denied, denial, contradicts, contradict,"
    " refutes, refute, rejects, against, no, false, contra, negative, opposes",
    Rank.NORMAL: "valid, true, preferred, default, ok, current",
    Rank.DEPRECATED: "rejected, false, wrong, invalid, obsolete, corrected, superseded, withdrawn,"
    " old, outdated, refuted, struck out, struck, retracted",
    Reason.WRONG_STAGE: "stage, wrong state, state, too early, order",
    Reason.BAN_IN_FORCE: "ban, banned, in force, outlawed, listed",
    Reason.NO_BAN_IN_FORCE: "no ban, not banned, ban lifted, lifted",
    Reason.NOT_ATTESTED: "unattested, no evidence, not official, unconfirmed, rumour, rumor,"
    " unofficial, weak, weak evidence, claim, claimed, false, unproven, no source, hearsay",
    ClaimKind.NONE: "nobody, no one, no country, no state, never",
    ClaimKind.FIRST: "1st, earliest, only",
    ClaimKind.UNATTRIBUTED: "some, several, many, most, group, countries, anonymous",
    SourceType.ARTICLE_NEWSPAPER: "newspaper, news, article, press, newspaper article, agency,"
    " news article, wire, newswire, online newspaper, news agency, news report",
    SourceType.ARTICLE_JOURNAL: "journal, journal article, paper, academic, scholarly article",
    SourceType.ARTICLE_MAGAZINE: "magazine, magazine article, weekly",
    SourceType.BOOK: "monograph, ebook",
    SourceType.BROADCAST: "tv, television, radio, video, podcast, youtube, audio",
    SourceType.BILL: "draft law, draft bill",
    SourceType.DOCUMENT: "pdf, letter, note verbale, memo, file, communique, communiqué, paper",
    SourceType.ENTRY_ENCYCLOPEDIA: "encyclopedia, encyclopaedia, wikipedia, wiki",
    SourceType.HEARING: "minutes, committee",
    SourceType.LEGAL_CASE: "court, ruling, judgment, judgement, case, verdict, court ruling",
    SourceType.LEGISLATION: "law, decree, act, resolution, regulation, statute, gazette, order",
    SourceType.POST: "tweet, x, twitter, facebook, telegram, social media, social, instagram",
    SourceType.POST_WEBLOG: "blog, blog post, weblog, substack",
    SourceType.REPORT: "study, think tank, un report, working paper",
    SourceType.SPEECH: "address, statement, remarks",
    SourceType.TREATY: "agreement, convention, protocol, memorandum of understanding, mou",
    SourceType.WEBPAGE: "web, website, site, page, press release, web page, online, internet, url",
}
_MEANS: Mapping[Enum, str] = {
    Voice.HOST: "the country's own government is `host`",
    Voice.TALIBAN: "the Taliban and their offices are `taliban`",
    Voice.OTHER_STATE: "another state or an international body is `other_state`",
    Voice.PRESS: "the outlet's own word is `press`",
}
_LANGUAGES = {
    "arabic": "ar", "azerbaijani": "az", "belarusian": "be", "bengali": "bn", "bulgarian": "bg",
    "chinese": "zh", "czech": "cs", "dari": "prs", "dutch": "nl", "english": "en",
    "estonian": "et", "finnish": "fi", "french": "fr", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
    "japanese": "ja", "kazakh": "kk", "korean": "ko", "kyrgyz": "ky", "latvian": "lv",
    "lithuanian": "lt", "malay": "ms", "mongolian": "mn", "norwegian": "no", "pashto": "ps",
    "persian": "fa", "farsi": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "spanish": "es", "swedish": "sv", "tajik": "tg", "turkish": "tr",
    "turkmen": "tk", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz",
}  # fmt: skip
_OFFICES = frozenset({
    "ambassador", "authorities", "cabinet", "embassy", "government", "mfa", "minister", "ministry",
    "mofa", "parliament", "president",
})  # fmt: skip
_TALIBAN = frozenset({"emirate", "talib", "taliban", "taleban", "kabul", "mujahid", "muttaqi"})
CONTACTS = frozenset({
    "aid", "call", "conference", "consultation", "consultations", "contact", "contacts",
    "delegation", "meet", "meeting", "met", "negotiate", "negotiation", "negotiations",
    "phone call", "signal", "statement", "talk", "talks", "trade", "trip", "visit", "visits",
})  # fmt: skip
"""Words for what moves no stage: a `signal:`, not an act."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "date": ("when", "day", "on", "dated", "time", "year"),
    "issued": ("date", "published", "publication-date", "day", "when", "year"),
    "public": ("published", "available", "first-published"),
    "note": ("comment", "description", "text", "summary", "notes", "remark", "remarks", "what"),
    "claim": ("quote", "quotation", "text", "says", "statement", "summary", "description"),
    "says": ("claim", "text", "doctrine", "statement"),
    "voice": ("speaker", "who", "by", "said-by", "author", "attribution", "attributed-to"),
    "credibility": ("grade", "rating", "score", "confidence", "certainty", "admiralty"),
    "reliability": ("grade", "rating", "score", "quality", "trust", "admiralty"),
    "evidence": ("sources", "source", "proof", "references", "reference", "refs", "citations"),
    "source": ("id", "ref", "reference", "cite", "citation", "name"),
    "url": ("link", "address", "href", "web", "website"),
    "publisher": ("outlet", "newspaper", "agency", "journal", "site", "organisation"),
    "language": ("lang", "tongue"),
    "title": ("headline", "name", "heading"),
    "seen": ("accessed", "retrieved", "read", "checked", "accessed-on"),
    "timeline": ("entries", "events", "history", "steps", "acts"),
    "because": ("reason", "why", "cause"),
    "assumed": ("assumption", "because", "reason", "why", "note"),
    "documented-until": ("until", "end", "last", "to", "ends", "as-of"),
    "reviewed": ("checked", "searched", "looked-until"),
    "review-every": ("review-interval", "interval", "every", "days", "check-every"),
    "coder": ("coded-by", "coders", "author", "annotator", "rater", "by"),
    "countries": ("country", "states", "nations", "codes"),
    "where": ("in", "at", "place", "engine", "database"),
    "searched": ("words", "query", "queries", "terms", "keywords", "for"),
    "found": ("results", "result", "sources", "hits"),
    "dropped": ("left-out", "rejected", "ignored", "excluded"),
    "stage": ("state", "is", "was"),
    "country": ("state", "nation", "code", "iso", "iso3"),
    "at": ("locator", "where", "passage", "page"),
    "bearing": ("direction", "supports", "disputes"),
    "needs": ("attestation", "requires", "evidence", "required", "must-be"),
    "before": ("from", "from-stage", "stages", "stage", "source", "start"),
    "after": ("to", "to-stage", "target", "becomes", "leads-to", "end"),
    "ban-must-be": ("ban", "ban-before", "if-ban", "ban-is"),
    "ban-becomes": ("ban", "ban-after", "then-ban", "ban-to"),
    "change": ("changes", "edit", "replace", "modify", "update", "override"),
    "remove": ("removes", "delete", "drop", "without"),
    "add": ("adds", "new", "append"),
}
"""Everyday names of keys, none of which is a key of the files in the same place."""


def meant(kind: type[Enum], text: str) -> tuple[Enum, ...]:
    """The members of an enum that an everyday word stands for."""
    word = _plain(text)
    return tuple(m for m in kind if m in _WORDS and word in map(_plain, _WORDS[m].split(",")))


def means(members: Sequence[Enum]) -> str:
    """Say which word to write for what was meant: `the country's own government is `host``."""
    told = [_MEANS[member] for member in members if member in _MEANS]
    plain = [str(member.value) for member in members if member not in _MEANS]
    return "; ".join(filter(None, [*told, did_you_mean(plain)]))


def speakers_in(text: str) -> tuple[Voice, ...]:
    """The voices that the name of an office may be: `Indonesian foreign ministry`."""
    words = set(_plain(text).split())
    if words & _TALIBAN:
        return (Voice.TALIBAN,)
    return (Voice.HOST, Voice.OTHER_STATE) if words & _OFFICES else ()


def key_meant(key: str, keys: Iterable[str]) -> str:
    """The one of these keys that an everyday name stands for, or an empty text."""
    word = bare(key)
    return next((known for known in keys if word in KEYS.get(known, ())), "")


def language_of(text: str) -> LanguageTag | None:
    """The tag of a language that is given by its English name."""
    tag = _LANGUAGES.get(text.strip().casefold())
    return LanguageTag(tag) if tag else None


def credibility_of(text: str) -> int | None:
    """The digit of a grade that is given in words: 2 for `probably true`."""
    word = _plain(text)
    digits = [digit for digit, meaning in CREDIBILITIES.items() if _plain(meaning) == word]
    return digits[0] if digits else None


def reliability_of(text: str) -> Reliability | None:
    """The letter of a grade that is given in words: B for `usually reliable`."""
    word = _plain(text)
    return next((grade for grade in Reliability if _plain(grade.name) == word), None)


def country_of(text: str) -> str:
    """The code of a country named in a text; empty for anything else."""
    try:
        return code_of(text)
    except UnknownCountry:
        return ""


def _plain(text: str) -> str:
    """A word as it is looked up: small letters, one space between its parts."""
    return " ".join(bare(text).replace("-", " ").replace("’", "'").replace("'", " ").split())
