"""What the tools brought for a question, and the answer made from it."""

from dataclasses import dataclass, field

from assistant.evidence import Evidence
from assistant.tools.agreements.added_units import AddedUnits
from assistant.tools.agreements.clause_topics import ClauseFound
from assistant.tools.agreements.dates import AgreementDates
from assistant.tools.agreements.fees import AgreementFees
from assistant.tools.agreements.freezes import FreezesFound
from assistant.tools.agreements.obligations import KnownObligation
from assistant.tools.agreements.promise_weighing import Weighed
from assistant.tools.agreements.signatories import SignatoriesFound
from assistant.tools.agreements.supporting import Carried
from assistant.tools.agreements.targets_compared import TheirTargets
from assistant.tools.credits.claim import ClaimDeadline
from assistant.tools.credits.due import CreditFindings
from assistant.tools.ledger.commitments import KnownCommitment
from assistant.tools.records.approvals import ApproversFound
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.troubles.fixes import Fixes
from assistant.tools.troubles.known_errors import KnownErrorMatch
from assistant.tools.troubles.level_falls import LevelFall


@dataclass
class Findings:
    """What the tools brought for one question."""

    passages: list[Evidence] = field(default_factory=list)
    sections: dict[str, list[Evidence]] = field(default_factory=dict)
    records: list[RecordAnswer] = field(default_factory=list)
    agreements: list[AgreementDates] = field(default_factory=list)
    known_errors: list[KnownErrorMatch] = field(default_factory=list)
    commitments: list[KnownCommitment] = field(default_factory=list)
    credits: CreditFindings | None = None
    carried: list[Carried] = field(default_factory=list)
    promise: Weighed | None = None
    duties: list[KnownObligation] = field(default_factory=list)
    fees: list[AgreementFees] = field(default_factory=list)
    fall: LevelFall | None = None
    fixes: Fixes | None = None
    freezes: FreezesFound | None = None
    claim: ClaimDeadline | None = None
    compared: list[TheirTargets] = field(default_factory=list)
    clause: ClauseFound | None = None
    signed: SignatoriesFound | None = None
    added: AddedUnits | None = None
    approvers: ApproversFound | None = None


@dataclass
class Composed:
    """The answer with reference marks [E1]; `found` = names and values in it that a follow-up may point to.

    covers: how much of what the question is about one sentence of a source carries that the answer is made of, 0–1; 0 where it is no sentence
    lead: the value in front of a sentence of a source, as it stands in `text`
    gives: kinds of value (twofold.toml) that the answer holds, where its words alone do not show it
    """

    text: str
    abstained: bool = False
    reason: str | None = None
    found: list[str] = field(default_factory=list)
    covers: float = 0.0
    lead: str = ""
    gives: frozenset[str] = frozenset()
