/** "Akrab is looking…": the bot's status under a thread, its loading messages in turn. */

import { fill, h } from "./dom.js";
import { nameOf, state } from "./state.js";
import { t } from "./words.js";

const TURN = 2500; // milliseconds each loading message stands

export const statusOf = (channel, thread) => {
  const status = state.snapshot.status?.[`${channel}:${thread}`];
  return status?.text || status?.loading_messages?.length ? status : null;
};

/** Fill a node with a thread's status, or empty it. */
export function statusLine(node, channel, thread) {
  const status = statusOf(channel, thread);
  const print = JSON.stringify([status, document.documentElement.lang]);
  if (node.print === print) return;
  node.print = print;
  clearInterval(node.turning);
  if (!status) {
    fill(node);
    return;
  }
  const name = nameOf(state.snapshot.bot.id);
  const turns = status.loading_messages?.length ? status.loading_messages : [`${name} ${status.text || t("writing")}`];
  const text = h("span", { class: "status-text", text: turns[0] });
  fill(node, h("div", { class: "status", role: "status" }, h("span", { class: "pulse", "aria-hidden": "true" }), text));
  let turn = 0;
  if (turns.length > 1) {
    node.turning = setInterval(() => {
      turn = (turn + 1) % turns.length;
      text.textContent = turns[turn];
      if (!node.isConnected) clearInterval(node.turning);
    }, TURN);
  }
}
