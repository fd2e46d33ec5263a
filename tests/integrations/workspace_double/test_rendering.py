"""What Slack's client would act upon in a message."""

import pytest

from integrations.workspace_double import acts_on


def section(text: str, **more) -> dict:
    return {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text} | more}]}


def rich(*parts: dict) -> dict:
    return {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}]}


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ({"text": "lihat <https://a.example/x|sini>"}, ["https://a.example/x"]),
        ({"text": "lihat https://a.example/x?q=1."}, ["https://a.example/x?q=1"]),
        ({"text": "buka jahat.com/curi sekarang"}, ["jahat.com/curi"]),
        ({"text": "tulis ke a@jahat.com"}, ["a@jahat.com"]),
        ({"text": "kode `https://a.example` saja"}, []),
        ({"text": "kode `<https://a.example>` tetap"}, ["https://a.example"]),
        (section("https://a.example"), ["https://a.example"]),
        (section("https://a.example", verbatim=True), []),
        (section("versi 1.2.com3 dan berkas.txt"), []),
        ({"stream_text": "[sini](https://a.example)"}, ["https://a.example"]),
        ({"stream_text": "https://a.example"}, ["https://a.example"]),
        ({"stream_text": "`https://a.example`"}, []),
        ({"stream_text": r"\[sini\](x)"}, []),
        ({"blocks": [{"type": "markdown", "text": "[a]: https://a.example"}]}, ["https://a.example"]),
        (rich({"type": "link", "url": "https://a.example"}), ["https://a.example"]),
        (rich({"type": "text", "text": "https://a.example"}), []),
        ({"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "https://a.example"}}]}, []),
        (
            {"blocks": [{"type": "actions", "elements": [{"type": "button", "url": "https://a.example", "text": {"type": "plain_text", "text": "t"}}]}]},
            ["https://a.example"],
        ),
        ({"tasks": [{"title": "t", "sources": [{"type": "url", "url": "https://a.example", "text": "a"}]}]}, ["https://a.example"]),
    ],
)  # fmt: skip
def test_links(message, links):
    assert acts_on(message)["links"] == links


@pytest.mark.parametrize(
    ("message", "mentions"),
    [
        ({"text": "<@U0A> dan <!here> dan <!subteam^S0A|tim>"}, ["U0A", "here", "S0A"]),
        ({"text": "@channel halo"}, []),
        ({"text": "@channel halo", "sent_with": {"parse": "full"}}, ["channel"]),
        ({"text": "@channel halo", "sent_with": {"link_names": True}}, ["channel"]),
        ({"text": "&lt;!here&gt; &lt;@U0A&gt;"}, []),
        (section("<!channel>", verbatim=True), ["channel"]),
        ({"stream_text": "<@U0A> @here"}, ["U0A", "here"]),
        (rich({"type": "user", "user_id": "U0A"}, {"type": "broadcast", "range": "here"}), ["U0A", "here"]),
        ({"text": "<!channel> cadangan", "blocks": [{"type": "divider"}]}, ["channel"]),
    ],
)
def test_mentions(message, mentions):
    assert acts_on(message)["mentions"] == mentions


def test_images_and_previews():
    image = {"type": "image", "image_url": "https://a.example/p.png", "alt_text": "a"}
    assert acts_on({"blocks": [image]})["images"] == ["https://a.example/p.png"]
    assert acts_on({"stream_text": "![x](https://a.example/p.png?d=rahasia)"})["images"] == [
        "https://a.example/p.png?d=rahasia"
    ]
    link = {"text": "<https://a.example>"}
    assert acts_on(link)["unfurls"] == ["https://a.example"]
    assert acts_on(link | {"sent_with": {"unfurl_links": False, "unfurl_media": False}})["unfurls"] == []
