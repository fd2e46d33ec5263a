/** What the acting person has not seen yet, by channel and by thread; kept while the page is open. */

import { authorOf, isRoot, messagesOf, state } from "./state.js";

const seen = new Map();
let opened = null;

const key = (channel, thread) => `${state.me}|${channel}|${thread ?? ""}`;

function newest(messages) {
  return messages.reduce((latest, one) => (one.ts > latest ? one.ts : latest), "");
}

/** Everything there is when the page opens counts as seen. */
export function startReading() {
  opened ??= newest(Object.values(state.snapshot.messages).flat());
}

const last = (channel, thread) => seen.get(key(channel, thread)) ?? opened ?? "";

const fresh = (message, since) => message.ts > since && !message.deleted && authorOf(message) !== state.me;

export const threadIsUnread = (channel, thread) => messagesOf(channel).some((one) => one.thread_ts === thread && !isRoot(one) && fresh(one, last(channel, thread)));

export const channelIsUnread = (channel) =>
  messagesOf(channel).some((one) => fresh(one, isRoot(one) ? last(channel) : last(channel, one.thread_ts)));

export function markRead(channel, thread) {
  const messages = messagesOf(channel).filter((one) => (thread ? one.thread_ts === thread : isRoot(one)));
  seen.set(key(channel, thread), newest(messages) || last(channel, thread));
}
