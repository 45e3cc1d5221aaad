"""The rule table: which act may move which state, on what evidence. Rules are data.

The machine, refusals, `next` and the reference page are all derived from `RULES`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from attrs import Factory, field, frozen

from recognition_model.core.base import Readable
from recognition_model.core.evidence import Attestation
from recognition_model.core.hashing import sha256_digits
from recognition_model.core.stages import Act, Ban, Reason, Stage, State
from recognition_model.engine.rule_faults import faults_of
from recognition_model.engine.rule_types import as_frozenset, as_tuple, wrong_field, wrong_type

ANY_BAN = frozenset(Ban)
NO_BAN_IN_FORCE = frozenset({Ban.NONE, Ban.LIFTED})
BAN_IN_FORCE = frozenset({Ban.IN_FORCE})


SHIPPED_TITLE = "The shipped rule table"
UNTITLED = "a table without a title"
DIGEST_LETTERS = 12


class RuleTableError(ValueError):
    """A rule table that contradicts itself: an error in code, never in a scenario file."""


@frozen(repr=False)
class Unmet(Readable):
    """One unmet condition of one rule, with the value found instead."""

    reason: Reason
    needs: tuple[str, ...]
    found: str

    @property
    def condition(self) -> str:
        """The condition that failed: `stage`, `ban` or `attestation`."""
        if self.reason is Reason.WRONG_STAGE:
            return "stage"
        return "attestation" if self.reason is Reason.NOT_ATTESTED else "ban"

    def to_dict(self) -> dict[str, object]:
        """The condition as plain data."""
        return {
            "reason": self.reason.value,
            "condition": self.condition,
            "needs": list(self.needs),
            "found": self.found,
        }

    def __str__(self) -> str:
        return f"{self.condition} must be {' or '.join(self.needs)} (is {self.found})"


@frozen(kw_only=True, repr=False)
class Rule(Readable):
    """One permitted move. If `ban_becomes` is None, the ban does not change.

    `before` may be given as a list, `ban_must_be` as a set, list or tuple. Raises `RuleTableError`
    for a value of the wrong type.
    """

    code: str
    act: Act
    before: tuple[Stage, ...] = field(converter=as_tuple)
    after: Stage
    ban_must_be: frozenset[Ban] = field(converter=as_frozenset)
    ban_becomes: Ban | None = None
    needs: Attestation
    why: str
    reference: str

    def __attrs_post_init__(self) -> None:
        if problem := wrong_field(self):
            raise RuleTableError(problem)

    @property
    def bans(self) -> tuple[str, ...]:
        """The words of `ban_must_be`, in the order of `Ban`."""
        return tuple(ban.value for ban in Ban if ban in self.ban_must_be)

    def unmet(self, state: State, attestation: Attestation) -> tuple[Unmet, ...]:
        """The failed conditions in the order stage, ban, attestation; empty if it may fire."""
        failed = []
        if state.stage not in self.before:
            needs = tuple(stage.value for stage in self.before)
            failed.append(Unmet(Reason.WRONG_STAGE, needs, state.stage.value))
        if state.ban not in self.ban_must_be:
            in_force = state.ban is Ban.IN_FORCE
            reason = Reason.BAN_IN_FORCE if in_force else Reason.NO_BAN_IN_FORCE
            failed.append(Unmet(reason, self.bans, state.ban.value))
        if attestation < self.needs:
            needs = tuple(level.value for level in Attestation if level >= self.needs)
            failed.append(Unmet(Reason.NOT_ATTESTED, needs, attestation.value))
        return tuple(failed)

    def admits(self, ban: Ban, attestation: Attestation) -> bool:
        """Whether ban and attestation let this rule fire; the machine checks the stage."""
        return ban in self.ban_must_be and attestation >= self.needs

    def move(self, state: State) -> State:
        """The state after this rule has fired."""
        return State(self.after, self.ban_becomes or state.ban)

    def to_dict(self) -> dict[str, object]:
        """The rule as plain data."""
        return {
            "code": self.code,
            "act": self.act.value,
            "before": [stage.value for stage in self.before],
            "after": self.after.value,
            "ban_must_be": list(self.bans),
            "ban_becomes": self.ban_becomes.value if self.ban_becomes else None,
            "needs": self.needs.value,
            "why": self.why,
            "reference": self.reference,
        }

    def __str__(self) -> str:
        return f"{self.code} {self.act}"


@frozen(repr=False)
class Attempt(Readable):
    """One rule tried for an act, and its unmet conditions."""

    rule: Rule
    unmet: tuple[Unmet, ...]

    def to_dicts(self) -> list[dict[str, object]]:
        """Each unmet condition as plain data, with the rule's code."""
        return [{"rule": self.rule.code, **unmet.to_dict()} for unmet in self.unmet]

    def __str__(self) -> str:
        return f"{self.rule.code} {' and '.join(map(str, self.unmet))}"


def _as_rules(values: Iterable[Rule]) -> tuple[Rule, ...]:
    if not isinstance(values, Iterable):
        raise RuleTableError(f"a table takes a tuple of rules, not {values!r}")
    rules = tuple(values)
    for value in rules:
        if not isinstance(value, Rule):
            raise RuleTableError(f"a table takes a tuple of rules; {value!r} is no Rule")
    return rules


def _as_codes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


@frozen
class RuleTable:
    """Rules in order.

    They may be given as any iterable. `title` names the table in outputs. `off` are the codes of
    invariants that the table makes meaningless: `replay` and `prove` do not check them. Raises
    `RuleTableError` if a value is no rule, if two rules share a code, if two take the same case, or
    if a rule can never fire.
    """

    rules: tuple[Rule, ...] = field(converter=_as_rules)
    title: str = field(default="", kw_only=True)
    off: tuple[str, ...] = field(default=(), converter=_as_codes, kw_only=True)
    _by_act: dict[Act, tuple[Rule, ...]] = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(
            lambda self: {act: tuple(r for r in self.rules if r.act is act) for act in Act},
            takes_self=True,
        ),
    )

    def __attrs_post_init__(self) -> None:
        for fault in faults_of(self.rules):
            raise RuleTableError(fault.message)

    @property
    def digest(self) -> str:
        """The first 48 bits of SHA-256 over the rules and what is off, in hexadecimal.

        The title is not part of it: two tables of one digest permit and check the same.
        """
        text = json.dumps([rule.to_dict() for rule in self.rules], ensure_ascii=False)
        if self.off:
            text += f" off {' '.join(self.off)}"
        return sha256_digits(text.encode("utf-8", "surrogatepass"))[:DIGEST_LETTERS]

    def identity(self) -> dict[str, object]:
        """Return what tells the table from others, as plain data: title, digest, what is off."""
        return {"title": self.title or None, "digest": self.digest, "off": list(self.off)}

    @property
    def in_words(self) -> str:
        """The title with the digest: `Strict (rules 1a2b3c4d5e6f)`."""
        return f"{self.title or UNTITLED} (rules {self.digest})"

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __getitem__(self, code: str) -> Rule:
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    def of(self, act: Act) -> tuple[Rule, ...]:
        """The rules for one act, in table order. Raises `TypeError` for anything but an `Act`."""
        try:
            return self._by_act[act]
        except KeyError:
            raise TypeError(wrong_type("the act", Act, act)) from None

    def attempts(self, state: State, act: Act, attestation: Attestation) -> tuple[Attempt, ...]:
        """Try every rule for the act."""
        return tuple(Attempt(rule, rule.unmet(state, attestation)) for rule in self.of(act))

    def taking(self, state: State, act: Act, attestation: Attestation) -> Rule | None:
        """The one rule that permits the act from this state, or None."""
        for rule in self.of(act):
            if state.stage in rule.before and rule.admits(state.ban, attestation):
                return rule
        return None

    def stands(self, state: State, act: Act) -> bool:
        """Whether what the act would bring about is so already.

        An act that raises the stage repeats what stands at its stage and above. One that ends
        dealings does so where there are none, and a ban where one is in force. An act that takes
        back one step never does.
        """
        return any(_stands(rule, state) for rule in self.of(act))

    def reasons(self, state: State, act: Act, attestation: Attestation) -> frozenset[Reason]:
        """Why the closest rules refuse the act; empty if a rule permits it or none covers it."""
        return reasons_of(self.attempts(state, act, attestation))


def _stands(rule: Rule, state: State) -> bool:
    if rule.ban_becomes not in (None, state.ban):
        return False
    if rule.after > max(rule.before):
        return state.stage >= rule.after
    if rule.after < Stage.ENGAGED:
        return state.stage is rule.after or rule.ban_becomes is not None
    return False


def reasons_of(attempts: Iterable[Attempt]) -> frozenset[Reason]:
    """Why the closest attempts failed."""
    return frozenset(unmet.reason for attempt in nearest(attempts) for unmet in attempt.unmet)


def nearest(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """The closest attempts: right stage first, then fewest unmet conditions."""

    def distance(attempt: Attempt) -> tuple[bool, int]:
        wrong_stage = any(u.reason is Reason.WRONG_STAGE for u in attempt.unmet)
        return wrong_stage, len(attempt.unmet)

    attempts = tuple(attempts)
    closest = min(map(distance, attempts), default=None)
    return tuple(attempt for attempt in attempts if distance(attempt) == closest)


RULES = RuleTable(
    (
        Rule(
            code="R01",
            act=Act.BAN,
            before=(Stage.HOSTILE, Stage.ENGAGED, Stage.DELISTED, Stage.AMBASSADOR_ACCEPTED),
            after=Stage.BANNED,
            ban_must_be=NO_BAN_IN_FORCE,
            ban_becomes=Ban.IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="A listing is an act of law: only the country's own authority can make it.",
            reference="Russia 2003, Kazakhstan 2005",
        ),
        Rule(
            code="R02",
            act=Act.ENGAGE,
            before=(Stage.HOSTILE, Stage.BANNED),
            after=Stage.ENGAGED,
            ban_must_be=ANY_BAN,
            needs=Attestation.REPORTED,
            why="Officials may deal with a movement their law forbids; contact needs no decree.",
            reference="Russia 2021, Kazakhstan 2021: talks under a ban",
        ),
        Rule(
            code="R03",
            act=Act.DELIST,
            before=(Stage.BANNED, Stage.ENGAGED),
            after=Stage.DELISTED,
            ban_must_be=BAN_IN_FORCE,
            ban_becomes=Ban.LIFTED,
            needs=Attestation.OFFICIAL,
            why="What a court or ministry has forbidden, it alone can permit again.",
            reference="Kazakhstan 2023, Russia 2025",
        ),
        Rule(
            code="R04",
            act=Act.ACCEPT_AMBASSADOR,
            before=(Stage.ENGAGED, Stage.DELISTED),
            after=Stage.AMBASSADOR_ACCEPTED,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="The receiving state takes the credentials; a claim by the sender is not enough.",
            reference="Vienna Convention on Diplomatic Relations, art. 13; China 2023",
        ),
        Rule(
            code="R05",
            act=Act.RECOGNISE,
            before=(Stage.AMBASSADOR_ACCEPTED,),
            after=Stage.DE_JURE_RECOGNITION,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="Recognition is a declared legal act, and the list comes before it.",
            reference="Z. Kabulov, May 2024 (kubha-2024-05-27#3); Russia 2025",
        ),
        Rule(
            code="R06",
            act=Act.RECOGNISE,
            before=(Stage.ENGAGED, Stage.DELISTED),
            after=Stage.DE_JURE_RECOGNITION,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="A government may be recognised with no ambassador's step before.",
            reference="Pakistan, Saudi Arabia and the United Arab Emirates, 1997",
        ),
        Rule(
            code="R07",
            act=Act.WITHDRAW_RECOGNITION,
            before=(Stage.DE_JURE_RECOGNITION,),
            after=Stage.ENGAGED,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="What was declared is taken back by declaration; silence withdraws nothing.",
            reference="design of the table; no case in the record",
        ),
        Rule(
            code="R08",
            act=Act.DOWNGRADE,
            before=(Stage.AMBASSADOR_ACCEPTED,),
            after=Stage.ENGAGED,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.OFFICIAL,
            why="The level of a mission is the receiving state's to lower.",
            reference="design of the table; no case in the record",
        ),
        Rule(
            code="R09",
            act=Act.BREAK_OFF,
            before=(
                Stage.ENGAGED,
                Stage.DELISTED,
                Stage.AMBASSADOR_ACCEPTED,
                Stage.DE_JURE_RECOGNITION,
            ),
            after=Stage.HOSTILE,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.CLAIMED,
            why="Either side can end dealings, so either side's word shows it.",
            reference="Pakistan 2001",
        ),
        Rule(
            code="R10",
            act=Act.BREAK_OFF,
            before=(Stage.ENGAGED,),
            after=Stage.BANNED,
            ban_must_be=BAN_IN_FORCE,
            needs=Attestation.CLAIMED,
            why="When dealings end under a ban, the ban is what remains.",
            reference="design of the table; no case in the record",
        ),
        Rule(
            code="R11",
            act=Act.LAPSE,
            before=(
                Stage.ENGAGED,
                Stage.DELISTED,
                Stage.AMBASSADOR_ACCEPTED,
                Stage.DE_JURE_RECOGNITION,
            ),
            after=Stage.HOSTILE,
            ban_must_be=NO_BAN_IN_FORCE,
            needs=Attestation.REPORTED,
            why="Dealings with an authority end with it; anyone may report that it fell.",
            reference="Germany, India, Iran and others, December 2001",
        ),
        Rule(
            code="R12",
            act=Act.LAPSE,
            before=(Stage.ENGAGED,),
            after=Stage.BANNED,
            ban_must_be=BAN_IN_FORCE,
            needs=Attestation.REPORTED,
            why="When the authority falls under a ban, the ban is what remains.",
            reference="design of the table; no case in the record",
        ),
    ),
    title=SHIPPED_TITLE,
)
