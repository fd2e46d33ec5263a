"""What a tool worked out in whole, told before anything is read: owners, clauses, signatures, credits, fees, duties, promises, renewals."""


from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.added import added_told
from assistant.models.builtin.sentences.approval import approvers_told
from assistant.models.builtin.sentences.carrying import carrying_answer
from assistant.models.builtin.sentences.claim_deadline import claim_deadline_told
from assistant.models.builtin.sentences.clause_topic import clause_told
from assistant.models.builtin.sentences.commitment import commitments_told
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.credit import credit_answer
from assistant.models.builtin.sentences.error import fixes_told
from assistant.models.builtin.sentences.fall import fall_told
from assistant.models.builtin.sentences.fee import fees_told
from assistant.models.builtin.sentences.freeze import freezes_told
from assistant.models.builtin.sentences.handover import handover_told
from assistant.models.builtin.sentences.obligation import obligations_told
from assistant.models.builtin.sentences.phrasing import phrase
from assistant.models.builtin.sentences.position import left_told
from assistant.models.builtin.sentences.promise import promise_answer
from assistant.models.builtin.sentences.signatory import signatories_told
from assistant.models.builtin.sentences.target import compared_told
from assistant.models.builtin.sentences.term import (
    ends_compared,
    whether_renewed,
)
from assistant.models.builtin.weighing.fitting import fit
from assistant.models.builtin.weighing.judging import (
    usable,
)
from assistant.tools.agreements.fees import AgreementFees
from assistant.tools.desk import Desk
from assistant.tools.ledger.questions import asks_what_is_overdue, asks_what_is_unmet
from assistant.tools.records.handovers import asks_who_holds, handover_of
from assistant.tools.records.positions import asks_whether_still, left_position
from knowledge.records.authority import Authority


def worked_out(asked: Understanding, findings: Findings, desk: Desk) -> Composed | None:
    """The first of these that the turn's tools found; None where an answer is to be read or queried."""
    if len(asked.customers) == 1 and asks_who_holds(asked.question) and (handed := handover_of(desk, asked.customers[0])):
        return handover_told(handed, desk, asked.language)
    if asked.people and asks_whether_still(asked.question, asked.people) and (left := left_position(desk, asked.people, asked.customers)):
        return left_told(left, desk, asked.language)
    if findings.claim:
        return Composed(claim_deadline_told(findings.claim, asked.today, asked.language))
    if findings.clause:
        return clause_told(findings.clause, asked.language)
    if findings.signed and (findings.signed.signed and findings.signed.sure or not _told_elsewhere(asked, findings)):
        return signatories_told(findings.signed, asked.language)
    if findings.approvers:
        return approvers_told(findings.approvers, asked.language)
    if findings.added:
        return Composed(added_told(findings.added, asked.language))
    if findings.credits:
        said, missing_part = credit_answer(findings.credits, asked.language)
        return Composed(said, abstained=missing_part, reason=findings.credits.missing if missing_part else None)
    if findings.fall:
        return Composed(fall_told(findings.fall, asked.language), abstained=findings.fall.nothing, reason="no_records" if findings.fall.nothing else None)
    if findings.freezes:
        return freezes_told(findings.freezes, asked.language)
    if findings.fixes and findings.fixes.looked:
        return fixes_told(asked, findings.fixes)
    if findings.compared:
        return Composed(compared_told(findings.compared, asked.language), found=[each.customer for each in findings.compared])
    if findings.fees and (fees := _fees(findings)):
        said, unsure = fees_told(fees, asked.language)
        return Composed(said, abstained=unsure, reason="fees_unsure" if unsure else None)
    if findings.duties and not (findings.commitments and asks_what_is_unmet(asked.own)):
        return obligations_told(findings.duties, asked.language, asked.today)
    if not findings.commitments and asked.customers and asks_what_is_overdue(asked.own):
        return Composed(phrase("ledger_none_late", asked.language), abstained=True, reason="no_records")
    if findings.commitments and not asked.asks_for("yesno"):
        return commitments_told(asked, findings.commitments)
    if findings.promise:
        return Composed(promise_answer(findings.promise, asked.language))
    if findings.carried:
        return Composed(carrying_answer(findings.carried, asked.language))
    if asked.asks_for("yesno") and (renewed := whether_renewed(asked, findings)):
        return renewed
    if len(asked.customers) > 1 and (compared := ends_compared(asked, findings)):
        return compared
    return None


def _told_elsewhere(asked: Understanding, findings: Findings) -> bool:
    """Whether a register says when it was signed, or a list of contacts who signs: the document itself need not."""
    told = [record.scored.spec for record in findings.records if usable(asked, record) and fit(asked, record).typed]
    return any(spec.target == "contact" or spec.target == "agreement" and "signed_on" in spec.select for spec in told)


def _fees(findings: Findings) -> list[AgreementFees]:
    """Fees of agreements, unless a list of services that is no agreement answers a question that does not name the agreement."""
    record = max(findings.records, key=lambda each: (not each.empty, each.scored.score), default=None)
    elsewhere = record is not None and not record.empty and any(item.authority > Authority.ANNEX for item in record.evidence)
    return [fees for fees in findings.fees if not (fees.plain and elsewhere)]
