"""How much the word of each kind of document counts."""

from enum import IntEnum


class Authority(IntEnum):
    """Rank of precedence of a document or a passage, 0 = strongest: where two differ, the smaller rank prevails.

    What stands below `MASTER_TABLE` was said, not laid down: it tells what people heard, and never overrules an agreement.
    """

    AMENDMENT = 10
    AGREEMENT = 20  # contract, service level, operational level or underpinning agreement
    STATEMENT_OF_WORK = 22
    ANNEX = 25  # a schedule or exhibit: the last of what the parties signed
    CHANGE_NOTICE = 28  # moves a date or plan; both have signed it
    LETTER = 30  # the last of what is written to the other party with a number
    GUIDE = 35  # the provider's own rules
    MASTER_TABLE = 40  # a list or register: the last of what is laid down
    MINUTES = 50
    EMAIL = 60
    CALL_NOTE = 70  # and what was told in chat
    NOTE = 75
    PROMOTION = 80
    NOTICE = 85
    OTHER = 90
    OUTDATED = 95  # kept for history only


BY_KIND: dict[str, Authority] = {
    "amendment": Authority.AMENDMENT,
    "agreement": Authority.AGREEMENT,
    "contract": Authority.AGREEMENT,
    "statement_of_work": Authority.STATEMENT_OF_WORK,
    "sla": Authority.AGREEMENT,
    "ola": Authority.AGREEMENT,
    "underpinning_contract": Authority.AGREEMENT,
    "change_notice": Authority.CHANGE_NOTICE,
    "letter": Authority.LETTER,
    "guide": Authority.GUIDE,
    "master_table": Authority.MASTER_TABLE,
    "minutes": Authority.MINUTES,
    "email": Authority.EMAIL,
    "call_note": Authority.CALL_NOTE,
    "note": Authority.NOTE,
    "promotion": Authority.PROMOTION,
    "notice": Authority.NOTICE,
    "other": Authority.OTHER,
}
"""The rank of each kind of document where nothing on it says otherwise."""
