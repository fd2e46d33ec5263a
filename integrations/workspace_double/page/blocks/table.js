/** table and data_table blocks. https://docs.slack.dev/reference/block-kit/blocks/table-block */

import { h } from "../dom.js";
import { t } from "../words.js";
import { richText } from "./rich_text.js";
import { words } from "./text.js";

function cellNodes(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  if (cell?.type === "raw_number") return String(cell.text ?? cell.value ?? "");
  return typeof cell === "string" ? cell : words(cell);
}

/** The first row is the heading; column_settings says how columns are aligned and whether they wrap. */
export function tableBlock(block) {
  const rows = block.rows ?? [];
  const row = (cells, tag) =>
    h("tr", {}, cells.map((cell, column) => {
      const settings = block.column_settings?.[column] ?? {};
      const align = settings.align ?? (cell?.type === "raw_number" ? "right" : "left");
      return h(tag, { class: `align-${align}${settings.is_wrapped ? " wrapped" : ""}`, scope: tag === "th" && "col" }, cellNodes(cell));
    }));
  const caption = words(block.caption) || t("table");
  return h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {},
      block.caption && h("caption", {}, words(block.caption)),
      rows.length > 0 && h("thead", {}, row(rows[0], "th")),
      h("tbody", {}, rows.slice(1).map((cells) => row(cells, "td")))));
}
