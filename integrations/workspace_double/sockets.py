"""Socket Mode: connections opened with a ticket, hello, envelopes, acks, disconnect and refresh."""

import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from integrations.workspace_double.delivery import CONNECTIONS_MOST, Delivery, Envelope
from integrations.workspace_double.state import APP


class Connection:
    """One WebSocket of the app."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket

    async def send(self, envelope: Envelope) -> None:
        message: dict[str, Any] = {
            "envelope_id": envelope.id,
            "type": envelope.type,
            "accepts_response_payload": envelope.type != "events_api",
            "payload": envelope.payload,
        }
        if envelope.type == "events_api":
            message |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
        await self.socket.send_json(message)


class Sockets:
    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.tickets: set[str] = set()
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        ticket = secrets.token_urlsafe(12)
        self.tickets.add(ticket)
        return ticket

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """GET /link/?ticket=…: a ticket opens one connection."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden(text="ticket unknown or used")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()  # answers pings by itself
        await socket.prepare(request)
        if len(self.connections) >= CONNECTIONS_MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = Connection(socket)
        self.connections.append(connection)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections),
                "connection_info": {"app_id": APP},
                "debug_info": {"host": "applink-double", "build_number": 1, "approximate_connection_time": 18060},
            }
        )
        self.delivery.connected(connection)
        self.delivery.state.tick()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    told = json.loads(message.data)
                    if isinstance(told, dict) and "envelope_id" in told:
                        self.delivery.acked(told["envelope_id"], told.get("payload"))
        finally:
            self.connections.remove(connection)
            self.delivery.disconnected(connection)
            self.delivery.state.tick()
        return socket

    async def ask_to_leave(self, reason: str) -> None:
        """A disconnect message to every connection (reason: warning · refresh_requested · link_disabled · too_many_websockets)."""
        leaving = list(self.connections)
        for connection in leaving:
            self.delivery.routes.remove(connection)  # Slack sends nothing more on it
            await connection.socket.send_json({"type": "disconnect", "reason": reason})
        if reason == "link_disabled":
            for connection in leaving:
                await connection.socket.close()

    async def drop(self, most: int | None = None) -> int:
        """Connections break without a word (a network fault); how many did."""
        dropped = self.connections[:most]
        for connection in list(dropped):
            transport = connection.socket._req.transport if connection.socket._req else None  # noqa: SLF001  # a fault has no polite way
            if transport:
                transport.abort()
        return len(dropped)
