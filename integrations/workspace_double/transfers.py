"""Bytes of files: uploads to an address handed out before, downloads with the bot's token."""

from aiohttp import web

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.methods.files import readable_file
from integrations.workspace_double.state import State

SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to your workspace</body></html>"
)


class Transfers:
    def __init__(self, state: State) -> None:
        self.state = state

    async def upload(self, request: web.Request) -> web.Response:
        """POST /upload/FILE: the raw bytes, or a form with one file."""
        file = self.state.files.get(request.match_info["file"])
        if file is None or file.data is not None:
            return web.Response(status=404, text="no such upload")
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            part = next((v for v in form.values() if isinstance(v, web.FileField)), None)
            data = part.file.read() if part else b""
        else:
            data = await request.read()
        if len(data) != file.length:
            return web.Response(status=400, text=f"length was announced as {file.length}, {len(data)} came")
        with self.state.lock:
            file.data = data
        self.state.changed()
        return web.Response(text=f"OK - {len(data)}")

    async def download(self, request: web.Request) -> web.Response:
        """GET /files/FILE/NAME: without a valid token Slack answers with its sign-in page (and status 200)."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if not token.startswith("xoxb-") or not self.state.manifest.has("files:read"):
            return web.Response(text=SIGN_IN, content_type="text/html")
        try:
            file = readable_file(self.state, request.match_info["file"])
        except SlackError:
            return web.Response(status=404, text="file_not_found")
        return web.Response(body=file.data, content_type=file.mimetype)
