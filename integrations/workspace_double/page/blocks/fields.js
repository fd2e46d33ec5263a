/** The values of a message's or a view's stateful elements, by block and action. */

/** Where Slack keeps an element's value in `state.values`, by the element's type; texts and numbers: `value`. */
const SLOTS = {
  checkboxes: "selected_options",
  channels_select: "selected_channel",
  conversations_select: "selected_conversation",
  datepicker: "selected_date",
  datetimepicker: "selected_date_time",
  external_select: "selected_option",
  multi_channels_select: "selected_channels",
  multi_conversations_select: "selected_conversations",
  multi_external_select: "selected_options",
  multi_static_select: "selected_options",
  multi_users_select: "selected_users",
  radio_buttons: "selected_option",
  rich_text_input: "rich_text_value",
  static_select: "selected_option",
  timepicker: "selected_time",
  users_select: "selected_user",
};

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

  /** {action_id: value}: texts, dates and ids as they are, options as their values. */
  values() {
    const bare = (value) => (Array.isArray(value) ? value.map(bare) : value?.value ?? value);
    return Object.fromEntries(this.all().map(({ element, read }) => [element.action_id, bare(read())]));
  }

  /** Slack's `state.values`, which tells apart inputs of one action_id: {block_id: {action_id: {type, value | selected_…}}}. */
  state() {
    const state = {};
    for (const { block, element, read } of this.all()) {
      (state[block.block_id] ??= {})[element.action_id] = { type: element.type, [SLOTS[element.type] ?? "value"]: read() };
    }
    return state;
  }

  all() {
    return [...this.#all.values()];
  }
}
