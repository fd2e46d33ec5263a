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

/** What is in sight counts as read: the open conversation, the open thread. */
export function readWhatIsOpen() {
  if (document.visibilityState !== "visible" || !state.channel) return;
  const narrow = matchMedia("(max-width: 760px)").matches;
  if (state.tab === "messages" && (!narrow || state.pane === "talk")) markRead(state.channel);
  if (state.thread && (!narrow || state.pane === "thread")) markRead(state.channel, state.thread);
}

function markRead(channel, thread) {
  const messages = messagesOf(channel).filter((one) => (thread ? one.thread_ts === thread : isRoot(one)));
  seen.set(key(channel, thread), newest(messages) || last(channel, thread));
}
