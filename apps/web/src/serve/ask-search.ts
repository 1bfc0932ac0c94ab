/** What the address of the chat page says. */
export interface AskSearch {
  /** Session of the conversation; a new one without. */
  readonly c?: string;
}

/** Reads the address; what is not there or not a text is left out. */
export function askSearch({ c }: Record<string, unknown>): AskSearch {
  if (typeof c === 'number') return { c: String(c) };
  return typeof c === 'string' && c !== '' ? { c } : {};
}
