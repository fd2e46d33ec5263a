"""Which of the likely spans is the answer: not the question's own words, and no more than a sentence."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.choosing import chosen, content_words, repeated

PASSAGE = "Gudang Selasih dikelola oleh Ratna Wiguna, M.M. sejak 2019. Kepala keamanannya Bowo Santika."
SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.floats(-20, 20)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])), min_size=1, max_size=8
)


def span(words: str, score: float) -> tuple[int, int, float]:
    start = PASSAGE.index(words)
    return start, start + len(words), score


def said(question: str, *spans: tuple[int, int, float]) -> str:
    start, end = chosen(question, PASSAGE, spans)
    return PASSAGE[start:end]


def test_the_likeliest_is_the_answer_where_nothing_speaks_against_it() -> None:
    assert said("Siapa yang mengelola gudang?", span("Ratna Wiguna", 3.0), span("Bowo Santika", 2.5)) == "Ratna Wiguna"


def test_an_answer_does_not_repeat_the_question() -> None:
    assert said("Who manages Gudang Selasih?", span("Gudang Selasih", 3.0), span("Ratna Wiguna", 2.0)) == "Ratna Wiguna"
    assert said("Siapa pengelola Gudang Selasih?", span("Gudang Selasih", 9.0), span("Ratna Wiguna", 2.0)) == "Gudang Selasih"  # but a far likelier one stands


def test_an_answer_ends_with_its_sentence() -> None:
    long = span("2019. Kepala keamanannya Bowo Santika", 4.0)
    assert said("Sejak kapan Ratna mengelolanya?", long, span("2019", 1.0)) == "2019"


def test_a_full_stop_in_a_title_ends_no_sentence() -> None:
    assert said("Siapa pengelolanya?", span("Ratna Wiguna, M.M. sejak 2019", 3.0), span("Ratna Wiguna", 1.0)) == "Ratna Wiguna, M.M. sejak 2019"


def test_a_whole_sentence_lies_in_itself() -> None:
    sentence = "Kepala keamanannya Bowo Santika."
    assert said("Bagaimana keamanannya?", span(sentence, 3.0), span("Bowo Santika", 2.0)) == sentence


def test_words_without_content_repeat_nothing() -> None:
    assert content_words("Apa itu jaringan serat dan where is it?") == {"jaringan", "serat"}
    assert repeated("jaringan, SERAT optik baru", frozenset({"jaringan", "serat"})) == 0.5
    assert repeated("–", frozenset({"jaringan"})) == 0


@given(st.text(max_size=30), st.text(max_size=80), SPANS)
def test_one_of_the_spans_is_chosen(question: str, passage: str, spans: list[tuple[int, int, float]]) -> None:
    assert chosen(question, passage, spans) in {(start, end) for start, end, _ in spans}
