/** What is asked of a keyboard event, so that it can be tested without a browser. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly defaultPrevented: boolean;
}

/** What browsers give as `keyCode` while an input method reads the key. */
const READ_BY_INPUT_METHOD = 229;

/**
 * The name of a key that was pressed alone: `a`, `A` with Shift, `?`, `ArrowDown`. Null for keys that belong to the
 * browser (Ctrl, Alt, ⌘), to an input method, or to an element that has dealt with them.
 */
export function pressedKey(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.defaultPrevented) return null;
  if (press.isComposing || press.keyCode === READ_BY_INPUT_METHOD || press.key === 'Process') return null;
  if (press.key.length > 1) return press.key;
  // Caps Lock is no Shift.
  return press.shiftKey ? press.key.toUpperCase() : press.key.toLowerCase();
}
