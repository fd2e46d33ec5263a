/** What happens when somebody uses an interactive element: the confirmation, the pending state, the act. */

import { ask } from "../ask.js";
import { act } from "../door.js";
import { nextRender } from "../state.js";
import { textNodes, words } from "./text.js";

const PENDING = 2500; // milliseconds that an element looks pending when nothing changes

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const confirmed = (confirm) =>
  ask({
    title: words(confirm.title),
    text: textNodes(confirm.text),
    confirm: words(confirm.confirm),
    deny: words(confirm.deny),
    danger: confirm.style === "danger",
  });

/**
 * Send a click of an element. place: where the element stands ({target, fields}); payload: `value` or `selected`.
 * False where the person thought better of it.
 */
export async function press(node, element, block, place, payload) {
  if (node.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    const result = await act("click", { action_id: element.action_id, block_id: block.block_id, ...place.target, ...payload, state: place.fields.state() });
    if (result.ok) await Promise.race([nextRender(), pause(PENDING)]);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}
