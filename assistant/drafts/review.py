"""The service review (J5): its summary and feedback. Levels, credits, tickets and obligations are in review_*.py."""

from datetime import timedelta

from assistant.drafts import operations, performance, promises, review_credits, said, satisfaction, voice
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.periods import period_before
from assistant.drafts.review_incidents import counted
from assistant.drafts.review_levels import register, tally
from assistant.drafts.sections import line, money, quoted
from assistant.drafts.wording import phrase
from knowledge.language.periods import Period

NAMED = 3
LATELY = 60
"""Days after the end of a period in which what came since is told beside it."""


def summary(dossier: Dossier, period: Period) -> list[Line]:
    """The things that matter: targets missed, credits due, incidents, what the customer says, what is overdue."""
    made = (_targets(dossier, period), _credits(dossier, period), counted(dossier, period), _said(dossier, period), _overdue(dossier))
    return [one for one in made if one is not None]


def _targets(dossier: Dossier, period: Period) -> Line | None:
    """How many monthly results met their target, those that did not by name, and the period before."""
    language = dossier.language
    found = performance.series(dossier, period)
    now, past = tally(found), tally(performance.series(dossier, period_before(period)))
    if not now.rated:
        return None
    register(dossier, *found)
    dossier.computed(now.met, now.rated, past.met, past.rated)
    text = phrase("review.targets_met", language, met=now.met, rated=now.rated)
    text += phrase("review.before", language, met=past.met, rated=past.rated) if past.rated else ""
    missed = sorted(((one, month) for one in found for month in one.missed), key=lambda pair: (performance.label(dossier, pair[0]), pair[1].period_start))
    shown = [f"{performance.label(dossier, one)} {performance.month_of(month, language)} {performance.shown(dossier, month.value, month)} ({performance.shown(dossier, month.target, month)})" for one, month in missed[:NAMED]]
    evidence = [dossier.cite(month) for _, month in missed[:NAMED]] or [dossier.cite(one.months[-1]) for one in found[:NAMED]]
    if shown:
        more = len(missed) - len(shown)
        dossier.computed(more)
        text += phrase("review.missed", language, listed="; ".join(shown)) + (phrase("review.more", language, count=more) if more else "")
    return line(f"{text}.", *evidence)


def _credits(dossier: Dossier, period: Period) -> Line | None:
    """What is due by the agreement's own rule."""
    found = [one for one in review_credits.due_in(dossier, period) if one.due and one.due.amount]
    counted = review_credits.counted_in(dossier, period)
    sums = review_credits.totals([*found, *counted])
    if not sums:
        return None
    for currency, value in sums.items():
        review_credits.note(dossier, value, currency)
    dossier.computed(len(found), len(counted))
    whole = "; ".join(money(value, currency, dossier.language) for currency, value in sums.items())
    evidence = {item.id: item for one in found for item in (one.rule, one.measurement) if item is not None} | {item.id: item for one in counted for item in one.evidence[:2]}
    why = [phrase(f"review.{name}", dossier.language, count=len(of)) for name, of in (("below_threshold", found), ("over_limit", counted)) if of]
    return line(phrase("review.credits_due", dossier.language, amount=whole, why="; ".join(why)), *list(evidence.values())[:6])


def _said(dossier: Dossier, period: Period) -> Line | None:
    """Complaints and compliments of the period beside the one before; the newest complaint that is open."""
    complaints, compliments = (satisfaction.feedback(dossier, period, kind) for kind in ("complaint", "compliment"))
    before = satisfaction.feedback(dossier, period_before(period), "complaint")
    if not complaints and not compliments:
        return None
    dossier.computed(len(complaints), len(compliments), len(before))
    text = phrase("review.said", dossier.language, complaints=len(complaints), compliments=len(compliments), before=len(before))
    still = [one for one in complaints if not satisfaction.is_closed(one)]
    if still:
        text += phrase("review.open_complaint", dossier.language, words=quoted(still[0].words, 90))
    cited = list({one.id: one for one in [*still[:1], *complaints[:2], *compliments[:2]]}.values())
    return line(f"{text}.", *[dossier.cite(one) for one in cited])


def _overdue(dossier: Dossier) -> Line | None:
    """Open commitments of both sides, and how many are past their day."""
    ours = promises.open_commitments(dossier, "provider") + promises.open_commitments(dossier, None)
    theirs = promises.open_commitments(dossier, "customer")
    if not ours and not theirs:
        return None
    late = [[one for one in side if one.due and one.due < dossier.today] for side in (ours, theirs)]
    dossier.computed(len(ours), len(theirs), *(len(side) for side in late))
    name = "review.actions_customer" if dossier.for_customer else "review.actions"
    text = phrase(name, dossier.language, ours=len(ours), theirs=len(theirs), ours_late=len(late[0]), theirs_late=len(late[1]), customer=dossier.customer.name)
    cited = [*late[0][:2], *late[1][:2]] or [*ours[:1], *theirs[:1]]
    return line(text, *[dossier.cite(one) for one in cited])


def since(dossier: Dossier, period: Period) -> list[Line]:
    """What has come after a period that ended less than two months ago: incidents, feedback, talks; none where it goes on."""
    first = period.end + timedelta(days=1)
    if not first <= dossier.today <= first + timedelta(days=LATELY):
        return []
    lately = Period(first, dossier.today, "")
    return [*operations.incidents(dossier, lately).lines[1:], *voice.feedback(dossier, lately).lines, *said.in_period(dossier, lately).lines]


def feedback(dossier: Dossier, period: Period) -> list[Line]:
    """Complaints and compliments in the customer's own words, what is open first."""
    return voice.feedback(dossier, period).lines
