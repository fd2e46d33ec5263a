/** What the page knows: the newest snapshot, and where the acting person is looking. */

export const state = {
  snapshot: null,
  /** User id of the person one acts as. */
  me: null,
  channel: null,
  /** "messages" or "home"; only the bot's direct message has the latter. */
  tab: "messages",
  /** ts of the open thread's first message, or null. */
  thread: null,
  /** What a narrow screen shows: "list", "talk" or "thread". */
  pane: "list",
  /** ts of the message that is being edited, or null. */
  editing: null,
  /** A message just sent to the bot, whose thread opens with the bot's first word: {channel, ts}, or null. */
  awaiting: null,
};

const listeners = [];

export const onRender = (listener) => listeners.push(listener);

let waiting = [];

/** Settles when the page has shown something newer. */
export const nextRender = () => new Promise((resolve) => waiting.push(resolve));

/** Show what changed; every part compares for itself. */
export function render() {
  if (!state.snapshot) return;
  for (const listener of listeners) listener(state.snapshot);
  for (const resolve of waiting) resolve();
  waiting = [];
}

/** The workspace's time in seconds since 1970: its clock may be another one than this machine's. */
export const now = () => state.snapshot?.now ?? Date.now() / 1000;

export function user(id) {
  const snapshot = state.snapshot;
  const found = snapshot?.users.find((one) => one.id === id);
  if (found) return found;
  if (snapshot && id === snapshot.bot.id) return { ...snapshot.bot, is_bot: true };
  return { id, name: id ?? "?", real_name: id ?? "?" };
}

export const nameOf = (id) => user(id).real_name || user(id).name;

export const channelOf = (id) => state.snapshot?.channels.find((one) => one.id === id);

export const messagesOf = (id) =>
  (state.snapshot?.messages[id] ?? []).filter((one) => !one.ephemeral_to || one.ephemeral_to === state.me);

/** The other side of a direct message. */
export function otherSide(channel) {
  const others = (channel.members ?? []).filter((id) => id !== state.me);
  if (others.length) return others[0];
  return channel.im_user && channel.im_user !== state.me ? channel.im_user : state.snapshot.bot.id;
}

export const isBotTalk = (channel) => Boolean(channel?.is_im) && otherSide(channel) === state.snapshot.bot.id;

export const channelTitle = (channel) => (channel.is_im ? nameOf(otherSide(channel)) : channel.name);

/** Who wrote a message: the bot for messages that name only a bot id. */
export const authorOf = (message) => message.user ?? state.snapshot.bot.id;

export const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts;

/** What a drawn message depends on besides itself. */
export const surroundings = () => `${state.me}|${document.documentElement.lang}|${state.snapshot.users.length}`;
