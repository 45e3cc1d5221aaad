"""Known gaps: mutants of the rule table that the record cannot kill, with the reasons.

Most mutants remove a move that the rules permit but that no country is documented to have made.
The last group changes only the reasons given for a refusal. `prove` checks this list against the
record: a mutant that is killed must be removed from it.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NO_LATER_BAN = (
    "Every ban in the record came when no dealings were documented: the lapse of 2001 had ended"
    " those of Kazakhstan and Kyrgyzstan. No country imposed a ban twice."
)
_LIFTED_LATE = (
    "Kazakhstan, Kyrgyzstan and Russia, which lifted their bans, had dealings before they did so"
    " and have kept them since."
)
_ONLY_RUSSIA = (
    "Only Russia has recognised since 2021, with an ambassador accepted and its ban lifted."
)
_NO_WITHDRAWAL = (
    "No state is documented to have withdrawn recognition while dealings continued. Pakistan's"
    " foreign minister said in November 2001 that none had been withdrawn"
    " (peoples-daily-2001-11-20 in the register)."
)
_NO_DOWNGRADE = (
    "No host is documented to have ended its acceptance of a Taliban ambassador. Saudi Arabia sent"
    " a chargé d'affaires away in September 1998 and did not say whether that was a downgrade (AP,"
    " 23 September 1998 and 23 September 2001)."
)
_NO_OTHER_BREAK = (
    "All documented breaks date from 2001: three ended recognition, the others ended dealings"
    " with no ban. None came after a delisting or with an ambassador accepted."
)
_NO_BREAK_UNDER_A_BAN = (
    "No break of dealings under a ban is documented. The United States suspended its talks in"
    " September 2019, according to its own statement, and held the next in December. Its file"
    " records both as signals."
)
_FELL_ONCE = (
    "The Taliban's authority has fallen once, in 2001. No country that dealt with them then had"
    " lifted a ban or accepted an ambassador without recognising, and the three that had"
    " recognised had broken off by the end of November."
)
_NO_LAPSE_UNDER_A_BAN = (
    "No country that dealt with the Taliban in December 2001 is documented to have had a ban in"
    " force."
)

_ONLY_THE_REASON = (
    "The mutant permits and refuses the same acts. Only the reasons for a refusal differ, in a"
    " state where no documented refusal depends on them."
)

GAPS: Mapping[str, str] = MappingProxyType(
    {
        "R01 before -engaged": _NO_LATER_BAN,
        "R01 before -delisted": _NO_LATER_BAN,
        "R01 before -ambassador_accepted": _NO_LATER_BAN,
        "R01 ban_must_be -lifted": _NO_LATER_BAN,
        "R02 ban_must_be -lifted": _LIFTED_LATE,
        "R03 before -banned": _LIFTED_LATE,
        "R05 ban_must_be -none": _ONLY_RUSSIA,
        "R06 before -delisted": _ONLY_RUSSIA,
        "R06 ban_must_be -lifted": _ONLY_RUSSIA,
        "R07 ban_must_be inverted": _NO_WITHDRAWAL,
        "R07 ban_must_be -none": _NO_WITHDRAWAL,
        "R07 ban_must_be -lifted": _NO_WITHDRAWAL,
        "R07 rule removed": _NO_WITHDRAWAL,
        "R08 ban_must_be inverted": _NO_DOWNGRADE,
        "R08 ban_must_be -none": _NO_DOWNGRADE,
        "R08 ban_must_be -lifted": _NO_DOWNGRADE,
        "R08 rule removed": _NO_DOWNGRADE,
        "R09 before -delisted": _NO_OTHER_BREAK,
        "R09 before -ambassador_accepted": _NO_OTHER_BREAK,
        "R09 ban_must_be -lifted": _NO_OTHER_BREAK,
        "R10 needs official": _NO_BREAK_UNDER_A_BAN,
        "R10 rule removed": _NO_BREAK_UNDER_A_BAN,
        "R11 before -delisted": _FELL_ONCE,
        "R11 before -ambassador_accepted": _FELL_ONCE,
        "R11 before -de_jure_recognition": _FELL_ONCE,
        "R11 ban_must_be -lifted": _FELL_ONCE,
        "R12 needs claimed": _NO_LAPSE_UNDER_A_BAN,
        "R12 rule removed": _NO_LAPSE_UNDER_A_BAN,
        "R01 before +banned": _ONLY_THE_REASON,
        "R03 before +hostile": _ONLY_THE_REASON,
        "R03 before +delisted": _ONLY_THE_REASON,
        "R03 before +ambassador_accepted": _ONLY_THE_REASON,
        "R03 before +de_jure_recognition": _ONLY_THE_REASON,
        "R04 before +banned": _ONLY_THE_REASON,
        "R05 before +banned": _ONLY_THE_REASON,
        "R05 ban_must_be dropped": _ONLY_THE_REASON,
        "R06 before +banned": _ONLY_THE_REASON,
        "R07 before +banned": _ONLY_THE_REASON,
        "R07 ban_must_be dropped": _ONLY_THE_REASON,
        "R08 before +banned": _ONLY_THE_REASON,
        "R08 ban_must_be dropped": _ONLY_THE_REASON,
        "R09 before +banned": _ONLY_THE_REASON,
        "R10 before +hostile": _ONLY_THE_REASON,
        "R11 before +banned": _ONLY_THE_REASON,
        "R12 before +hostile": _ONLY_THE_REASON,
    }
)
