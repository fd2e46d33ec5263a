/** The values of a message's or a view's stateful elements, by block and action. */

export class Fields {
  #all = new Map();

  /** read() → the value in Slack's shape for this type (an option object, a list of ids, a date, a text), null where empty. */
  add(block, element, read, restore) {
    this.#all.set(`${block.block_id}\n${element.action_id}`, { block, element, read, restore });
  }

  get(block, element) {
    return this.#all.get(`${block.block_id}\n${element.action_id}`);
  }

  /** Values that survive when the same view is drawn again. */
  keep() {
    return new Map([...this.#all].map(([key, field]) => [key, field.read()]));
  }

  restore(kept) {
    for (const [key, field] of this.#all) if (kept.has(key)) field.restore(kept.get(key));
  }

  /** What a submission carries: texts, dates and ids as they are, options as their values; by block_id of inputs, else by action_id. */
  values() {
    const bare = (value) => (Array.isArray(value) ? value.map(bare) : value?.value ?? value);
    return Object.fromEntries(this.all().map(({ block, element, read }) => [block.type === "input" ? block.block_id : element.action_id, bare(read())]));
  }

  all() {
    return [...this.#all.values()];
  }
}
