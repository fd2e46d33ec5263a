"""Everything that one person sees, as one JSON object for the web page."""

from integrations.workspace_double import streams
from integrations.workspace_double.showing import shown_message
from integrations.workspace_double.state import BOT_USER, TEAM, Json, State
from integrations.workspace_double.wire import view_json


def snapshot(state: State, me: str) -> Json:
    mine = [c for c in state.channels.values() if me in c.members]
    ids = {c.id for c in mine}
    bot = state.users[BOT_USER]
    return {
        "version": state.version,
        "team": {"id": TEAM, "name": state.team_name},
        "bot": {"id": bot.id, "name": bot.name, "real_name": bot.real_name},
        "me": me,
        "now": state.clock.now(),
        "users": [
            {
                "id": u.id,
                "name": u.name,
                "real_name": u.real_name,
                "email": u.email,
                "locale": u.locale,
                "is_bot": u.is_bot,
                "is_restricted": u.is_restricted or u.is_ultra_restricted,
                "is_stranger": u.is_stranger,
            }
            for u in state.users.values()
        ],
        "channels": [
            {
                "id": c.id,
                "name": c.name,
                "is_private": c.is_private,
                "is_im": c.is_im,
                "im_user": c.im_user,
                "is_ext_shared": c.is_ext_shared,
                "members": list(c.members),
            }
            for c in mine
        ],
        "messages": {
            c.id: [
                shown_message(state, m)
                for m in state.in_channel(c.id)
                if m.ephemeral_to in (None, me) and not m.deleted
            ]
            for c in mine
        },
        "status": {
            f"{channel}:{thread_ts}": {"text": status.text, "loading_messages": status.loading_messages}
            for (channel, thread_ts), status in list(state.statuses.items())
            if channel in ids and state.status(channel, thread_ts)
        },
        "sessions": {
            f"{channel}:{thread_ts or ''}": dict(s)
            for (channel, thread_ts), s in state.sessions.items()
            if channel in ids
        },
        "stoppable": {c.id: [m.ts for m in state.in_channel(c.id) if streams.is_streaming(state, m)] for c in mine},
        "views": [view_json(state.views[v]) for v in state.stacks.get(me, [])],
        "home": view_json(state.homes[me]) if me in state.homes else None,
        "prompts": {c.id: c.prompts for c in mine if c.prompts},
        "commands": [
            {"command": c["command"], "usage_hint": c.get("usage_hint", ""), "description": c.get("description", "")}
            for c in state.manifest.commands
        ],
        "shortcuts": [
            {
                "callback_id": s["callback_id"],
                "name": s["name"],
                "type": s["type"],
                "description": s.get("description", ""),
            }
            for s in state.manifest.shortcuts
        ],
        "canvases": [
            {"id": v.id, "title": v.title, "markdown": v.markdown, "channel": v.channel}
            for v in state.canvases.values()
            if me in v.access or ids & set(v.access)
        ],
    }
