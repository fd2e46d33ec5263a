/** Text objects of Block Kit. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */

import { h } from "../dom.js";
import { emojiText } from "../text/inline.js";
import { mrkdwn } from "../text/mrkdwn.js";

/** A plain_text object's (or plain string's) words, emoji names turned into pictures unless `emoji` is false. */
export function words(object) {
  if (object === null || object === undefined) return "";
  if (typeof object === "string") return object;
  return object.emoji === false ? object.text ?? "" : emojiText(object.text ?? "");
}

/** Nodes of a text object of either type. */
export function textNodes(object) {
  if (!object) return [];
  if (typeof object === "string" || object.type === "mrkdwn") return mrkdwn(object.text ?? object);
  return [h("p", { text: words(object) })];
}
