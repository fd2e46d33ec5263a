/** Every block by its type. https://docs.slack.dev/reference/block-kit/blocks */

import { h, icon } from "../dom.js";
import { link, picture } from "../text/inline.js";
import { inline } from "../text/mrkdwn.js";
import { markdown } from "../text/markdown.js";
import { state } from "../state.js";
import { fileCard } from "../files.js";
import { t } from "../words.js";
import { alert, card, carousel, container, plan, taskCard } from "./agent.js";
import { element } from "./elements.js";
import { Fields } from "./fields.js";
import { richText } from "./rich_text.js";
import { tableBlock } from "./table.js";
import { textNodes, words } from "./text.js";

function section(block, place) {
  const name = words(block.text).slice(0, 80);
  return h("div", { class: "section" },
    h("div", { class: "section-words" },
      block.text && h("div", { class: "flow" }, textNodes(block.text)),
      block.fields && h("div", { class: "columns" }, block.fields.map((field) => h("div", { class: "flow" }, textNodes(field))))),
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, place, name)));
}

let inputs = 0;

function inputBlock(block, place) {
  inputs += 1;
  const id = `input-${inputs}`;
  const node = element(block.element ?? {}, block, place);
  const control = node.matches("[data-action]") ? node : node.querySelector("[data-action]") ?? node;
  control.setAttribute("aria-labelledby", `${id}-label`);
  control.setAttribute("aria-describedby", `${id}-hint ${id}-fault`);
  if (control.matches("input, textarea, select")) control.id = id;
  return h("div", { class: "field", data: { block: block.block_id ?? "" } },
    h("label", { class: "field-label", id: `${id}-label`, for: id }, words(block.label), block.optional && h("span", { class: "faint", text: ` ${t("optional")}` })),
    node,
    h("p", { class: "field-hint", id: `${id}-hint` }, words(block.hint)),
    h("p", { class: "field-fault", id: `${id}-fault` }));
}

function context(block) {
  return h("div", { class: "context" }, (block.elements ?? []).map((one) =>
    one.type === "image" ? picture(one.alt_text ?? t("image")) : h("span", {}, one.type === "mrkdwn" ? inline(one.text ?? "") : words(one))));
}

function image(block) {
  const title = words(block.title) || block.alt_text || t("image");
  return h("figure", { class: "image" }, picture(block.alt_text || title, ""), h("figcaption", {}, title, h("small", { class: "faint", text: ` · ${t("image_not_loaded")}` })));
}

function video(block) {
  const title = words(block.title) || t("video");
  const address = block.title_url || block.video_url;
  return h("p", {}, `${t("video")}: `, address ? link(address, title) : title, block.description && h("small", { class: "faint", text: ` · ${words(block.description)}` }));
}

function file(block) {
  const known = Object.values(state.snapshot.messages).flat().flatMap((one) => one.files ?? []).find((one) => one.id === block.file_id || one.id === block.external_id);
  return known ? fileCard(known) : h("p", { class: "faint" }, icon("file"), ` ${t("file")} ${block.external_id ?? block.file_id ?? ""}`);
}

const BLOCKS = {
  section,
  context,
  image,
  video,
  file,
  input: inputBlock,
  header: (block) => h("h3", { class: "header" }, words(block.text)),
  divider: () => h("hr"),
  context_actions: (block, place) => h("div", { class: "context-actions" }, (block.elements ?? []).map((one) => element(one, block, place))),
  actions: (block, place) => h("div", { class: "actions" }, (block.elements ?? []).map((one) => element(one, block, place))),
  rich_text: (block) => h("div", { class: "flow" }, richText(block)),
  markdown: (block) => h("div", { class: "flow" }, markdown(block.text)),
  table: tableBlock,
  data_table: tableBlock,
  task_card: taskCard,
  plan,
  alert,
  card,
  carousel,
  container: (block, place) => container(block, (children) => drawn(children, place)),
};

/** Where blocks stand: `target` names it to the server ({channel, ts} or {view_id}), `fields` holds its values. */
export const placeOf = (target) => ({ target, fields: new Fields() });

function drawn(blocks, place) {
  return (blocks ?? []).map((block) => {
    const build = BLOCKS[block.type];
    const node = build ? build(block, place) : h("p", { class: "faint", text: t("cannot_show", { type: block.type }) });
    return node && h("div", { class: `block block-${build ? block.type : "unknown"}` }, node);
  });
}

export const blockNodes = drawn;
