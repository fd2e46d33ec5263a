/** Every block element by its type. https://docs.slack.dev/reference/block-kit/block-elements */

import { h } from "../dom.js";
import { picture } from "../text/inline.js";
import { t } from "../words.js";
import { button, feedbackButtons, iconButton, overflow } from "./buttons.js";
import { input } from "./inputs.js";
import { checkboxes, choosing, multiSelect, radioButtons, select } from "./selects.js";
import { textNodes } from "./text.js";

const PRESSED = {
  button,
  workflow_button: button,
  overflow,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
};

const CHOSEN = {
  static_select: select,
  external_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: multiSelect,
  multi_external_select: multiSelect,
  multi_users_select: multiSelect,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  checkboxes,
  radio_buttons: radioButtons,
  plain_text_input: input,
  rich_text_input: input,
  number_input: input,
  email_text_input: input,
  url_text_input: input,
  datepicker: input,
  timepicker: input,
  datetimepicker: input,
};

/** The node of an element; label: spoken name of an element that has none of its own. In input blocks choosing clicks only where `dispatch_action` says so. */
export function element(given, block, place, label) {
  if (given.type === "image") return picture(given.alt_text ?? t("image"));
  if (given.type === "mrkdwn" || given.type === "plain_text") return h("span", { class: "flow" }, textNodes(given));
  if (given.type in PRESSED) return PRESSED[given.type](given, block, place);
  if (!(given.type in CHOSEN)) return h("span", { class: "faint", text: t("cannot_show", { type: given.type }) });
  const silent = block.type === "input" && !block.dispatch_action;
  const node = CHOSEN[given.type](given, block, place, silent ? null : choosing(given, block, place));
  const control = node.matches("[data-action]") ? node : node.querySelector("[data-action]");
  if (given.focus_on_load && control) control.dataset.focus = "";
  if (label && control) control.setAttribute("aria-label", label);
  return node;
}
