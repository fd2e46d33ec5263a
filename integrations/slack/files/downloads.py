"""The bytes of a file in Slack, fetched with the product's token: from Slack's own hosts only, and no more than a limit."""

from pathlib import Path
from urllib.parse import urljoin

import aiohttp
from yarl import URL

MOST_BYTES = 50 * 1024 * 1024
SECONDS = 120.0
_CHUNK = 256 * 1024
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
_MOVED = frozenset((301, 302, 303, 307, 308))


class NotFetched(Exception):
    """The file cannot be had: taken away, no right to it, larger or smaller than announced, or not at Slack at all."""


def may_fetch(url: str, api: str) -> bool:
    """Whether the token may be sent to this address: Slack's hosts over TLS; for a workspace double, the very server of its API."""
    try:
        address, double = URL(url), URL(api)
    except ValueError:
        return False
    if address.raw_user or address.raw_password or not address.absolute:
        return False
    if double.raw_host in _LOOPBACK:
        return address.origin() == double.origin()
    return address.scheme == "https" and address.port == 443 and str(address.raw_host).endswith(".slack.com")


async def fetch(url: str, token: str, api: str, to: Path, size: int) -> None:
    """Write the file's bytes to `to`. `size`: as announced, 0 if it was not. Raises NotFetched, and aiohttp's errors where another try may help."""
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        for _ in range(4):
            if not may_fetch(url, api):
                raise NotFetched("not an address of Slack")
            async with http.get(URL(url), headers={"Authorization": f"Bearer {token}"}, allow_redirects=False) as response:
                if response.status in _MOVED:
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                if response.status == 429 or response.status >= 500:
                    response.raise_for_status()
                if response.status != 200:
                    raise NotFetched(f"status {response.status}")
                await _keep(response, to, size)
                return
    raise NotFetched("moved too often")


async def _keep(response: aiohttp.ClientResponse, to: Path, size: int) -> None:
    taken = 0
    with to.open("wb") as file:
        async for chunk in response.content.iter_chunked(_CHUNK):
            taken += len(chunk)
            if taken > MOST_BYTES:
                raise NotFetched("larger than the limit")
            file.write(chunk)
    if size and taken != size:  # without a right to the file Slack sends its sign-in page
        raise NotFetched(f"{taken} bytes came instead of {size}")
