/** Blocks made for agents: tasks, plans, alerts, cards, containers. https://docs.slack.dev/ai/ */

import { h, icon } from "../dom.js";
import { link, picture } from "../text/inline.js";
import { inline } from "../text/mrkdwn.js";
import { markdown } from "../text/markdown.js";
import { t } from "../words.js";
import { element } from "./elements.js";
import { richText } from "./rich_text.js";
import { textNodes, words } from "./text.js";

const MARKS = { complete: "check", error: "cross" };

const told = (given) => (given && typeof given === "object" ? richText(given) : markdown(given ?? ""));

function sourcesOf(task) {
  if (!task.sources?.length) return null;
  return h("p", { class: "task-sources" }, h("span", { class: "unseen", text: `${t("sources")}: ` }), task.sources.map((source) => link(source.url, source.text || source.url)));
}

/** One task of a timeline: {title, status, details, output, sources}; details and output: Markdown or a rich_text object. */
export function task(given) {
  const status = ["pending", "in_progress", "complete", "error"].includes(given.status) ? given.status : "pending";
  return h("li", { class: `task ${status}` },
    h("span", { class: "task-mark", role: "img", "aria-label": t(`task_${status}`), title: t(`task_${status}`) }, MARKS[status] && icon(MARKS[status])),
    h("div", { class: "task-words" },
      h("div", { class: "task-title" }, words(given.title)),
      given.details && h("div", { class: "task-details flow" }, told(given.details)),
      given.output && h("div", { class: "task-output flow" }, told(given.output)),
      sourcesOf(given)));
}

export const timeline = (tasks) => h("ol", { class: "tasks" }, tasks.map(task));

export const taskCard = (block) => timeline([block]);

export const plan = (block) => h("div", { class: "plan" }, h("div", { class: "plan-title" }, words(block.title)), timeline(block.tasks ?? []));

const ALERTS = { info: "info", warning: "warn", error: "warn", success: "check" };

export function alert(block) {
  const level = block.level in ALERTS ? block.level : "default";
  return h("div", { class: `alert ${level}`, role: "note" }, icon(ALERTS[level] ?? "info"), h("div", { class: "flow" }, textNodes(block.text)));
}

const line = (object) => (object?.type === "plain_text" ? words(object) : inline(object?.text ?? object ?? ""));

export function card(block, place) {
  return h("section", { class: "card" },
    block.hero_image && h("div", { class: "card-hero" }, picture(block.hero_image.alt_text ?? t("image"))),
    h("div", { class: "card-head" },
      block.icon && picture(block.icon.alt_text ?? t("image"), ""),
      h("div", {},
        block.title && h("div", { class: "card-title" }, line(block.title)),
        block.subtitle && h("div", { class: "card-subtitle" }, line(block.subtitle)))),
    block.body && h("div", { class: "flow" }, textNodes(block.body)),
    block.actions?.length > 0 && h("div", { class: "actions" }, block.actions.map((one) => element(one, block, place))));
}

export const carousel = (block, place) => h("div", { class: "carousel", tabindex: 0 }, (block.elements ?? []).map((one) => card(one, place)));

export function container(block, draw) {
  const head = [
    block.icon && picture(block.icon.alt_text ?? t("image"), ""),
    h("div", {}, h("div", { class: "card-title" }, block.rich_text_title ? richText(block.rich_text_title) : words(block.title)), block.subtitle && h("div", { class: "card-subtitle" }, line(block.subtitle))),
  ];
  const children = draw(block.child_blocks ?? []);
  if (!block.is_collapsible) return h("section", { class: "card" }, h("div", { class: `card-head${block.has_header_divider ? " ruled" : ""}` }, head), children);
  return h("details", { class: "card", open: !block.default_collapsed }, h("summary", { class: "card-head" }, head), children);
}
