from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.proposals.cues import Cue
from assistant.proposals.judging import Judgement, essential, judgement_of, make_judge, readable
from assistant.proposals.mentions import Masked
from assistant.proposals.reading import FACT_KINDS, SERVQUAL
from assistant.proposals.signs import SIGNS, rule_cue, signs_of
from assistant.proposals.stance import Stance
from assistant.proposals.weighing import PIECE, WHOLE, Weigher, unclear_kinds
from assistant.settings import Settings
from knowledge.embeddings.e5 import E5Embedder
from knowledge.embeddings.factory import make_embedder
from knowledge.heads.linear import load_head

TODAY = date(2026, 1, 15)
WEIGHER = Weigher(Masked(""), "en", TODAY)


def judged(**kinds: float) -> Judgement:
    return judgement_of({"commitment provider": 0.0, "none": 1 - sum(kinds.values()), **kinds})


def test_who_is_named_how_does_not_matter() -> None:
    assert readable("xpersonaq dari xcustomerbq marah") == readable("xpersonaq marah") == "budi marah"
    assert readable("xcustomeraq: xpersonbq marah") == "budi marah"
    assert readable("xpersonaq at xcustomerbq's plant is angry") != readable("xpersonaq is angry")
    assert readable("xorgaq marah") == "pt maju marah"


@given(st.text(alphabet="abcxyz ,:.'", max_size=40))
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    assert essential(text) == text


def test_finer_labels_add_up_to_their_kind() -> None:
    judgement = judgement_of({"commitment provider": 0.5, "commitment customer": 0.3, "none": 0.2})
    assert judgement.kind == "commitment" and judgement.sure == 0.8 and judgement.group("commitment") == "provider"
    assert judgement.told == pytest.approx(0.8)


def test_signs_say_what_the_word_lists_see() -> None:
    norm = "xpersonaq complains about the outage on 20 january"
    found = signs_of(norm, norm, TODAY, rule_cue(norm, norm, TODAY))
    assert {"cue complaint", "stance -3", "names person", "dated"} <= found <= set(SIGNS)


def test_the_head_speaks_where_the_rules_are_silent_only_if_it_is_sure() -> None:
    assert WEIGHER.weighed("they drift away", None, judged(risk=0.6), WHOLE).kind == "risk"
    assert WEIGHER.weighed("they drift away", None, judged(risk=0.6), PIECE) is None
    assert WEIGHER.weighed("they drift away", None, judged(risk=0.3), WHOLE) is None


def test_the_head_overrules_another_kind_and_dismisses_what_is_no_fact() -> None:
    cue = Cue("opportunity", Stance())
    assert WEIGHER.weighed("they want offers of others", cue, judged(risk=0.9), WHOLE).kind == "risk"
    assert WEIGHER.weighed("they want offers of others", cue, judged(risk=0.4), WHOLE) == cue
    assert WEIGHER.weighed("they want a chair", cue, judged(), WHOLE) is None


def test_a_denial_and_a_kind_said_outright_stand() -> None:
    assert WEIGHER.weighed("nobody has complained", None, judged(complaint=0.9), WHOLE) is None
    assert WEIGHER.weighed("not so", Cue(None, denied=True), judged(complaint=0.9), WHOLE).denied
    cue = Cue("risk", Stance())
    assert WEIGHER.weighed("log a risk: they are happy", cue, judged(compliment=0.99), WHOLE) == cue


def test_praise_said_outright_is_turned_only_by_a_head_that_is_nearly_certain() -> None:
    praise = Cue("compliment", Stance(1.0, 2))
    assert WEIGHER.weighed("quick work in yesterday's outage", praise, judged(complaint=0.7), WHOLE) == praise
    assert WEIGHER.weighed("quick work in yesterday's outage", praise, judged(complaint=0.96), WHOLE).kind == "complaint"
    faint = Cue("compliment", Stance(1.0, 1))
    assert WEIGHER.weighed("quick work, that", faint, judged(complaint=0.7), WHOLE).kind == "complaint"


def test_a_fact_with_a_sum_is_dismissed_only_by_a_head_that_is_sure() -> None:
    cue = Cue("opportunity", Stance())
    assert WEIGHER.weighed("a second line, about EUR 20,000", cue, judged(opportunity=0.18), WHOLE) == cue
    assert WEIGHER.weighed("a second line, about EUR 20,000", cue, judged(opportunity=0.05), WHOLE) is None


def test_without_a_judgement_the_rules_stand() -> None:
    cue = Cue("risk", Stance())
    assert WEIGHER.weighed("anything", cue, None, WHOLE) == cue
    assert WEIGHER.judged(["anything"]) == [None]


def test_the_two_likeliest_kinds_are_asked_for_if_something_is_told() -> None:
    assert unclear_kinds(judged(complaint=0.45, improvement=0.4)) == ("complaint", "improvement")
    assert unclear_kinds(judged(complaint=0.2, improvement=0.2)) == ()


class OtherModel:
    name, dimension = "another", 4

    def embed_passages(self, texts, progress=None):
        return np.zeros((len(texts), 4), np.float32)

    embed_queries = embed_passages

    def embed_query(self, text):
        return np.zeros(4, np.float32)


def test_heads_are_not_used_with_an_embedding_model_that_they_do_not_know() -> None:
    assert make_judge(OtherModel()) is None


def test_the_shipped_heads_fit_the_signs_and_each_other() -> None:
    kinds, polarity, dimensions = (load_head(name) for name in ("update_kind", "polarity", "servqual"))
    assert kinds.extras == len(SIGNS) + len(polarity.labels), "the signs changed: train the heads again"
    assert dimensions.extras == len(SERVQUAL) + len(polarity.labels)
    assert {name.split(" ")[0] for name in kinds.labels} == {*FACT_KINDS, "none"}
    assert kinds.model == polarity.model == dimensions.model == E5Embedder.name


@pytest.fixture(scope="module")
def judge():
    return make_judge(make_embedder("e5", Settings().models_cache))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("xpersonaq naik darah gara-gara kasirnya macet terus", "complaint"),
        ("xpersonaq terkagum-kagum sama hasil kerja tim", "compliment"),
        ("xpersonaq is shopping around for another provider", "risk"),
        ("xpersonaq asked what ten more seats would cost", "opportunity"),
        ("saya sudah janji ke xpersonaq laporannya selesai besok", "commitment"),
        ("xpersonaq's new number is 0811 2000 3000", "contact_change"),
        ("terima kasih infonya, nanti saya baca", "none"),
    ],
)
def test_the_shipped_heads_know_wordings_of_their_own(judge, text, kind) -> None:
    assert Weigher(Masked(text), "id", TODAY, judge).judged([text])[0].likeliest == kind
