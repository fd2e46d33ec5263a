/** Building DOM nodes: text is always text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element. Attributes: `class`, `text`, `on` ({event: listener}), `data` ({name: value}); others as they are
 * (true: present, false, null and undefined: absent). Children: nodes, strings, null, lists of them.
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

export function add(node, ...children) {
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== false) node.append(child);
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  canvas: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clip: "M20 11.5l-8 8a5 5 0 01-7-7l8.500-8.500a3.300 3.300 0 014.700 4.700L9.800 17a1.700 1.700 0 01-2.400-2.400l7.600-7.600",
  close: "M6 6l12 12M18 6L6 18",
  cross: "M7 7l10 10M17 7L7 17",
  chevron: "M7 10l5 5 5-5",
  down: "M12 5v14M6 13l6 6 6-6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.300a2.700 2.700 0 110 5.400 2.700 2.700 0 010-5.400",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 8.500a1 1 0 110 2 1 1 0 010-2",
  info: "M12 11v6M12 7.500v.100M12 3a9 9 0 110 18 9 9 0 010-18",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3",
  more: "M5.500 12h.01M12 12h.01M18.500 12h.01",
  reply: "M4 5h16v11h-8l-5 4v-4H4z",
  shared: "M9 5.500a6.500 6.500 0 100 13 6.500 6.500 0 100-13M15 5.500a6.500 6.500 0 110 13 6.500 6.500 0 110-13",
  send: "M4 12l16-7-6 15-3-6z",
  smile: "M12 3a9 9 0 110 18 9 9 0 010-18M8.500 14.500c1.800 2.400 5.200 2.400 7 0M9 9.500v.100M15 9.500v.100",
  stop: "M7 7h10v10H7z",
  thumbdown: "M7 4v10l5 7 1.500-1-.500-5h6l-1.500-10.500L16 4zM7 4H4v10h3",
  thumbup: "M7 20V10l5-7 1.500 1-.500 5h6l-1.500 10.500-1.500.500zM7 20H4V10h3",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  warn: "M12 4l9.500 16h-19zM12 10v5M12 17.500v.100",
};

/** A line icon; it says nothing to a screen reader, its button does. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.info);
  svg.append(path);
  return svg;
}

/** A square button with an icon and a spoken name. */
export function iconButton(name, label, click, attributes = {}) {
  return h("button", { type: "button", class: "tool", "aria-label": label, title: label, on: { click }, ...attributes }, icon(name));
}

/**
 * Bring a list of keyed nodes up to date without touching those that stay.
 * entries: [{key, make() → node, update?(node)}] in their order.
 */
export function sync(container, entries) {
  const known = container.nodes ?? new Map();
  const next = new Map();
  for (const { key, make, update } of entries) {
    const node = known.get(key) ?? make();
    if (known.has(key)) update?.(node);
    next.set(key, node);
  }
  for (const [key, node] of known) if (!next.has(key)) node.remove();
  let place = container.firstChild;
  for (const node of next.values()) {
    if (node === place) place = place.nextSibling;
    else container.insertBefore(node, place);
  }
  container.nodes = next;
}

/** Rebuild what a slot shows only when its fingerprint is another one. */
export function slot(node, print, build) {
  if (node.print === print) return false;
  node.print = print;
  fill(node, build());
  return true;
}
