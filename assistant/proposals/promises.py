"""Who owes what: promises by us and by them, and what is asked for by a day. Clauses come folded and with their names masked."""

import re

from assistant.proposals.cues import NAME, TO, Cue, without
from assistant.proposals.phrases import pattern
from assistant.proposals.stance import Stance, negated


def subject_is_ours(before: str) -> bool | None:
    """True: we are the subject before the verb; False: a customer or their person is; None: nobody is named."""
    own = [match.end() for match in pattern("kinds", "we").finditer(before)]
    named = [*NAME.finditer(before), *pattern("clauses", "they").finditer(before)]
    theirs = sorted(match.end() for match in named if not TO.search(before[: match.start()]))
    if own and (not theirs or own[-1] > theirs[-1]):
        return True
    return False if theirs else None


def promise_in(norm: str, dated: bool, provider_names: frozenset[str]) -> Cue | None:
    """A promise in so many words, one not kept (a complaint), one denied; weak: only "will" with a coming day."""
    for name in provider_names:
        norm = norm.replace(name, "kami")
    if pattern("kinds", "promise", "broken").search(norm):
        return Cue("complaint", Stance(-1.0, 3))
    plain = without(norm, "promise", "not")
    duty = pattern("kinds", "promise", "customer_duty").search(plain)
    found = pattern("kinds", "promise").search(plain)
    if found:
        if negated(plain, found.start()) or re.search(r"\b(?:jangan|don't|do not)\b", plain[: found.start()]):
            return Cue(None, denied=True)
        before = plain[: found.start()]
        ours = subject_is_ours(before)
        if found[0].startswith("dijanji") and ours is False:
            ours = True  # "Pak X dijanjikan …": by us
        if ours is None and re.search(r"\b(?:dari|from|by|oleh)\s+x(?:person|customer)", plain[found.end() :]):
            ours = False
        if ours is None and duty:
            ours = False
        return Cue("commitment", party="customer" if ours is False else "provider")
    if dated and told_to_them(plain):
        return Cue("commitment", party="provider", weak=True)
    will = pattern("kinds", "promise", "will").search(plain)
    if will and dated and not negated(plain, will.end() + 1, 2):
        ours = subject_is_ours(plain[: will.end()])
        if ours and pattern("kinds", "promise", "delivery").search(plain[will.end() :]):
            return Cue("commitment", party="provider", weak=True)
        owes = duty or pattern("kinds", "promise", "delivery").search(plain, will.end())
        if ours is False and owes and owes.start() >= will.end():
            return Cue("commitment", party="customer", weak=True)
    return None


def bare_promise(norm: str, provider_names: frozenset[str]) -> bool:
    """Whether we say, with a coming day, that we do something for them or that they get it ("kita kirim … besok", "I told Ann she gets …")."""
    for name in provider_names:
        norm = norm.replace(name, "kami")
    plain = without(norm, "promise", "not")
    told = pattern("kinds", "promise", "told").search(plain)
    verbs = [*pattern("kinds", "promise", "delivery").finditer(plain)]
    if told:
        verbs = [
            match for match in pattern("kinds", "promise", "receive").finditer(plain) if match.start() > told.start()
        ]
        return (
            bool(verbs)
            and subject_is_ours(plain[: told.start() + 1]) is not False
            and not negated(plain, verbs[0].start(), 2)
        )
    for verb in verbs:
        before = plain[: verb.start()]
        own = list(pattern("kinds", "we").finditer(before))
        near = (
            own
            and not pattern("kinds", "promise", "tentative").search(before)
            and len(before[own[-1].end() :].split()) <= 2
        )
        if near and not re.search(r"\b(?:yang|that|which)\s+$", before[: own[-1].start()]):
            return subject_is_ours(before) is True and not negated(plain, verb.start(), 2)
    return False


def told_to_them(norm: str) -> bool:
    """Whether we told them that they will have something ("told Ann she will have the quote by Friday")."""
    told = pattern("kinds", "promise", "told").search(norm)
    gets = pattern("kinds", "promise", "receive").search(norm, told.end()) if told else None
    return told is not None and gets is not None and subject_is_ours(norm[: told.start()]) is not False


def they_will(norm: str) -> bool:
    """Whether somebody of theirs is the one who "will" ("Ann bakal kabari …")."""
    will = pattern("kinds", "promise", "will").search(norm)
    return will is not None and not told_to_them(norm) and subject_is_ours(norm[: will.end()]) is False


def asked_of_them(norm: str) -> bool:
    """Whether we are the ones who ask ("I asked Ann to …", "nunggu Ann kirim …"), nobody of theirs before."""
    match = pattern("kinds", "promise", "asked_of").search(norm)
    return match is not None and subject_is_ours(norm[: match.start()]) is not False


def asked_for(norm: str, dated: bool, provider_names: frozenset[str]) -> Cue | None:
    """A thing that is asked for by a coming day ("wants the list by Friday"): ours to give, theirs where we are the ones who ask. Asked
    for every time again, it is how things should be done."""
    for name in provider_names:
        norm = norm.replace(name, "kami")
    explained = pattern("kinds", "promise", "explanation").search(norm)
    asked = pattern("kinds", "promise", "asked").search(norm if explained else without(norm, "opportunity", "not"))
    if asked is None or negated(norm, asked.start(), 2):
        return None
    after = norm[asked.end() :]
    if not pattern("kinds", "promise", "thing").search(after):
        return None
    if any(pattern("kinds", "promise", part).search(norm) for part in ("to_buy", "tentative")):
        return None
    if pattern("kinds", "promise", "recurring").search(norm):
        return Cue("improvement")
    if not dated or not pattern("kinds", "promise", "by_day").search(after):
        return None
    if pattern("kinds", "promise", "duty").match(norm, asked.start()):
        ours = subject_is_ours(norm[: asked.start()])
        theirs = ours is False and pattern("kinds", "promise", "delivery").match(norm, asked.end())
        return Cue("commitment", party="customer" if theirs else "provider", settled=ours is True)
    of_them = asked_of_them(norm)
    ours = True if of_them else subject_is_ours(norm[: asked.start()])
    return Cue("commitment", party="customer" if ours else "provider", settled=ours is True)
