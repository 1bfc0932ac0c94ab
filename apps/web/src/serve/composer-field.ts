/** The field in which questions are written, so that a key can lead there from anywhere on the page. */
let focusField: (() => void) | null = null;

export const composerField = {
  /** Says how the field on the page is focused; returns what to call when it is gone. */
  is(focus: () => void): () => void {
    focusField = focus;
    return () => {
      if (focusField === focus) focusField = null;
    };
  },
  focus: () => focusField?.(),
};
