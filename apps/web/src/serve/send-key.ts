/** What a key press in the question field is made of. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  /** An input method is putting a character together. */
  readonly isComposing: boolean;
  /** 229 is how Safari tells of the Enter that ends a composition. */
  readonly keyCode: number;
}

/** Whether a key press sends the question: Enter, not with Shift, and never while an input method composes. */
export function sends({ key, shiftKey, isComposing, keyCode }: KeyPress): boolean {
  return key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
}
