/** Middle: the open conversation, or the bot's Home. */

import { composer, dropZone, send } from "./composer.js";
import { fill, h, iconButton, slot } from "./dom.js";
import { homeTab } from "./home.js";
import { messageList } from "./message_list.js";
import { openList, openTab } from "./navigation.js";
import { avatar, badge } from "./people.js";
import { channelOf, channelTitle, isBotTalk, isRoot, messagesOf, nameOf, otherSide, state } from "./state.js";
import { t } from "./words.js";

/** Prompts that the app suggests for a direct message. */
function prompts(offer, channel) {
  if (!offer?.prompts?.length) return null;
  return [
    h("p", { class: "faint", text: offer.title || t("try_asking") }),
    h("div", { class: "prompt-row" }, offer.prompts.map((one) =>
      h("button", { type: "button", class: "prompt", on: { click: () => send(channel, null, one.message ?? one.title) } }, one.title))),
  ];
}

function heading(channel) {
  const shared = channel.is_ext_shared && h("span", { class: "badge soft", text: t("shared_channel") });
  if (channel.is_im) return [avatar(otherSide(channel), "small"), h("h2", {}, nameOf(otherSide(channel))), badge(otherSide(channel))];
  const people = (channel.members ?? []).filter((id) => id !== state.snapshot.bot.id).length;
  return [h("h2", {}, h("span", { class: "hash", text: channel.is_private ? "" : "#" }), channel.name), channel.is_private && h("span", { class: "badge soft", text: t("private_channel") }), shared,
    h("span", { class: "faint count", title: (channel.members ?? []).map(nameOf).join(", "), text: t("members", { count: people }) })];
}

export function talk(node) {
  const place = h("div", { class: "pane-title" });
  const back = iconButton("back", t("back"), openList, { class: "tool only-narrow" });
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const { frame, list, update } = messageList(false);
  const home = homeTab();
  const empty = h("div", { class: "empty faint" });
  const offers = h("div", { class: "prompts" });
  const writing = composer(() => ({ channel: state.channel, thread: null }), false);
  fill(node, h("header", { class: "pane-head" }, back, place), tabs, home.node, frame, offers, writing.node);
  frame.append(empty);
  dropZone(node, writing.take);

  return (snapshot) => {
    const channel = channelOf(state.channel);
    if (!channel) return;
    const bot = isBotTalk(channel);
    const atHome = bot && state.tab === "home";
    const around = [document.documentElement.lang, state.me];
    back.setAttribute("aria-label", t("back"));
    node.setAttribute("aria-label", channelTitle(channel));
    document.title = `${channelTitle(channel)} · ${t("workspace")}`;
    slot(place, JSON.stringify([around, channel]), () => heading(channel));
    tabs.hidden = !bot;
    slot(tabs, JSON.stringify([around, state.tab]), () => ["home", "messages"].map((tab) =>
      h("button", { type: "button", role: "tab", "aria-selected": String(state.tab === tab), on: { click: () => openTab(tab) } }, t(tab))));
    home.node.hidden = !atHome;
    for (const part of [frame, writing.node]) part.hidden = atHome;
    if (atHome) home.update(snapshot.home);
    const replied = (message) => messagesOf(channel.id).some((one) => one.thread_ts === message.ts && one.ts !== message.ts && !one.deleted);
    const messages = messagesOf(channel.id).filter((one) => isRoot(one) && (!one.deleted || replied(one)));
    list.setAttribute("aria-label", `${t("messages")}: ${channelTitle(channel)}`);
    empty.hidden = messages.length > 0;
    slot(empty, JSON.stringify([around, channel.id]), () => [channel.is_im && avatar(otherSide(channel)), h("p", { text: channel.is_im ? t("direct_empty", { name: channelTitle(channel) }) : t("channel_empty") })]);
    const offer = snapshot.prompts?.[channel.id];
    slot(offers, JSON.stringify([around, channel.id, offer]), () => prompts(offer, channel.id));
    offers.hidden = atHome || !offer?.prompts?.length;
    writing.update(t("write_to", { name: `${channel.is_im ? "" : "#"}${channelTitle(channel)}` }));
    update(`${state.me}|${channel.id}|${around[0]}`, messages);
  };
}
