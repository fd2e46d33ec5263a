"""E-mail (.eml): headers, the body as people read it, quoted history by level, attachments."""

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime

from knowledge.documents.cleaning import decode, one_line, strip_invisible
from knowledge.documents.errors import Unreadable
from knowledge.documents.flow import FlowItem, Paragraph, add_flow
from knowledge.documents.html import add_html
from knowledge.documents.model import Limits, LoadedDocument
from knowledge.documents.quoting import MailLine, attribution, mail_lines
from knowledge.documents.text import text_items

_SIGNATURE = re.compile(r"^--\s?$")


def load_eml(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A mail. `participants` has "from", "to", "cc" as "Name <address>"; `date` is the Date header's own calendar day.

    The plain text part is read where there is one, else the HTML part without its hidden text.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not any(message.get(header) for header in ("from", "to", "subject", "date")):
        raise Unreadable("damaged", "no mail headers")
    document = LoadedDocument(name, "eml")
    document.subject = _header(message, "subject") or None
    document.participants = {field: _people(message, field) for field in ("from", "to", "cc")}
    _set_date(document, message)
    sender = document.participants["from"][0] if document.participants["from"] else None
    speaker = _name_of(sender) if sender else None
    document.author = speaker
    document.title = document.subject
    _add_header_block(document, speaker)
    plain, html = _bodies(message, document)
    if plain.strip():
        add_flow(document, _body_items(mail_lines(plain), speaker))
    elif html.strip():
        _add_html_body(document, html, speaker)
    document.title = document.subject or document.title
    return document


def _header(message: EmailMessage, field: str) -> str:
    try:
        return one_line(str(message.get(field, "")))
    except Exception:  # noqa: BLE001 - the standard library's header parser fails in many ways on malformed headers
        return ""


def _people(message: EmailMessage, field: str) -> list[str]:
    values = [one_line(str(value)) for name, value in _raw_items(message) if name.lower() == field]
    result = []
    for name, address in getaddresses(values):
        if name or address:
            result.append(f"{name} <{address}>" if name and address else name or address)
    return result


def _raw_items(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for field in ("from", "to", "cc"):
        if text := _header(message, field):
            yield field, text


def _name_of(person: str) -> str:
    return one_line(person.split("<")[0].strip(' "')) or person.strip("<>")


def _set_date(document: LoadedDocument, message: EmailMessage) -> None:
    try:
        document.date = parsedate_to_datetime(_header(message, "date")).date()
        document.date_source = "mail"
    except (ValueError, TypeError, IndexError, OverflowError):
        return


def _add_header_block(document: LoadedDocument, speaker: str | None) -> None:
    pairs = [
        (label, ", ".join(document.participants[field]))
        for label, field in (("From", "from"), ("To", "to"), ("Cc", "cc"))
    ]
    pairs += [("Date", document.date.isoformat() if document.date else ""), ("Subject", document.subject or "")]
    cells = tuple((label, value) for label, value in pairs if value)
    text = "; ".join(f"{label}: {value}" for label, value in cells)
    add_flow(document, [Paragraph(text, kind="metadata", speaker=speaker)])
    if document.blocks:
        document.blocks[-1].cells = cells


def _bodies(message: EmailMessage, document: LoadedDocument) -> tuple[str, str]:
    """Plain and HTML text of the message itself; everything else becomes an attachment."""
    plain: list[str] = []
    html: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        filename = _filename(part)
        if part.get_content_disposition() == "attachment" or filename or not kind.startswith("text/"):
            if content := _content(part):
                document.attachments.append(
                    (filename or f"part{len(document.attachments) + 1}.{_extension(kind)}", content)
                )
        elif kind == "text/html":
            html.append(_part_text(part))
        elif kind == "text/calendar":
            document.attachments.append((f"part{len(document.attachments) + 1}.ics", _content(part)))
        else:
            plain.append(_part_text(part))
    return "\n\n".join(plain), "\n".join(html)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    if message.get_content_type() == "message/rfc822":
        yield message
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
    else:
        yield message


def _filename(part: EmailMessage) -> str | None:
    try:
        name = one_line(part.get_filename() or "")
    except Exception:  # noqa: BLE001 - malformed RFC 2231 parameters
        name = ""
    return name.replace("\\", "/").rsplit("/", 1)[-1] or None


def _extension(kind: str) -> str:
    return {
        "message/rfc822": "eml",
        "application/pdf": "pdf",
        "text/csv": "csv",
        "image/png": "png",
        "image/jpeg": "jpg",
    }.get(kind, "bin")


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _part_text(part: EmailMessage) -> str:
    content = _content(part)
    charset = part.get_content_charset()
    if charset:
        try:
            return strip_invisible(content.decode(charset))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)[0] if content else ""


def _body_items(lines: list[MailLine], speaker: str | None) -> Iterator[FlowItem]:
    """Lines of the same level and speaker are read together; "-- " starts the signature."""
    stretch: list[tuple[int, str]] = []
    current: MailLine | None = None
    signature = False
    for line in [*lines, None]:
        changed = (
            line is None
            or current is None
            or (line.level, line.speaker, line.date) != (current.level, current.speaker, current.date)
            or line.is_attribution
        )
        if changed and current is not None:
            yield from _stretch_items(stretch, current, speaker, signature)
            stretch = []
            signature = False
        if line is None:
            break
        if line.is_attribution:
            yield Paragraph(line.text, kind="metadata", line=line.number)
            current = None
            continue
        if _SIGNATURE.match(line.text) and not signature and current is not None:
            yield from _stretch_items(stretch, current, speaker, signature)
            stretch = []
            signature = True
        else:
            stretch.append((line.number, line.text))
        current = line


def _stretch_items(
    stretch: list[tuple[int, str]], where: MailLine, speaker: str | None, signature: bool
) -> Iterator[FlowItem]:
    for item in text_items(stretch):
        if isinstance(item, Paragraph):
            if signature:
                item.kind, item.heading = "metadata", None
            elif where.level > 0:
                item.kind, item.level, item.heading = "quote", where.level, None
                item.speaker = item.speaker or where.speaker
                item.date = where.date
            else:
                item.speaker = item.speaker or speaker
        yield item


def _add_html_body(document: LoadedDocument, html: str, speaker: str | None) -> None:
    inner = LoadedDocument(document.name, "html")
    add_html(inner, html)
    quoted: tuple[str | None, dt.date | None] = (None, None)
    for block in inner.blocks:
        if found := attribution(block.text):
            quoted = found
            block.kind = "metadata"
        elif block.kind == "quote":
            block.locator = replace(block.locator, speaker=quoted[0])
            block.date = quoted[1]
        else:
            block.locator = replace(block.locator, speaker=speaker)
    document.blocks += inner.blocks
    document.tables += inner.tables
    document.hidden_text += inner.hidden_text
    document.warnings += inner.warnings
    document.title = document.title or inner.title
