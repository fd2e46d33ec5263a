"""E-mails: headers, then parts marked `--- text ---`, `--- html ---` and `--- attachment NAME ---`."""

import re
from email.message import EmailMessage
from email.policy import SMTP

PART = re.compile(r"^--- (text|html|attachment) ?(.*?) ?---\n", re.MULTILINE)


def message(source: str) -> bytes:
    """An RFC 5322 message as mail programs export it."""
    headers, *parts = PART.split(source)
    mail = EmailMessage(policy=SMTP)
    for line in headers.strip().splitlines():
        name, _, value = line.partition(": ")
        mail[name] = value
    for kind, name, body in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        if kind == "text":
            mail.set_content(body)
        elif kind == "html" and mail.get_content_type() == "text/plain" and mail.get_payload():
            mail.add_alternative(body, subtype="html")
        elif kind == "html":
            mail.set_content(body, subtype="html")
        else:
            mail.add_attachment(body.encode("utf-8"), maintype="text", subtype="csv", filename=name)
    for number, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"=====arunika-{number}=====")
    return mail.as_bytes()
