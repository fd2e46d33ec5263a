/** The bot's Home tab. */

import { h, slot } from "./dom.js";
import { blockNodes, placeOf } from "./blocks/blocks.js";
import { nameOf, state, surroundings } from "./state.js";
import { t } from "./words.js";

export function homeTab() {
  const inside = h("div", { class: "home-inside" });
  const node = h("div", { class: "home", tabindex: 0, hidden: true }, inside);
  let fields = null;
  const update = (view) => {
    slot(inside, JSON.stringify([surroundings(), view]), () => {
      if (!view?.blocks?.length) return h("p", { class: "empty faint", text: t("home_empty", { name: nameOf(state.snapshot.bot.id) }) });
      const kept = fields?.keep();
      const place = placeOf({ view_id: view.id });
      const nodes = blockNodes(view.blocks, place);
      if (kept) place.fields.restore(kept);
      ({ fields } = place);
      return nodes;
    });
  };
  return { node, update };
}
