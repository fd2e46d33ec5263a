"""The rank of a document's word."""

from knowledge.intake.prose.wording import table
from knowledge.records.authority import BY_KIND, Authority


def test_an_amendment_prevails_over_what_it_amends_and_both_over_what_was_said() -> None:
    said = [BY_KIND[kind] for kind in ("minutes", "email", "call_note", "note")]
    assert BY_KIND["amendment"] < BY_KIND["agreement"] < Authority.ANNEX < BY_KIND["letter"] < min(said)


def test_only_what_is_laid_down_stands_above_what_was_said() -> None:
    assert max(rank for rank in Authority if rank <= Authority.MASTER_TABLE) < BY_KIND["minutes"]
    assert BY_KIND["promotion"] > Authority.MASTER_TABLE


def test_every_kind_that_the_word_list_tells_apart_has_a_rank() -> None:
    assert {name for name, entry in table("classification").items() if "title" in entry} <= set(BY_KIND)
