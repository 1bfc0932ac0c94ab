import { useState } from 'react';

const PREFIX = 'attune-draft:';

/** What somebody is writing, by name, kept by this tab until it is sent: a reload or a look at another page loses nothing. */
const drafts = {
  of(name: string): string | null {
    try {
      return sessionStorage.getItem(PREFIX + name);
    } catch {
      return null;
    }
  },
  keep(name: string, text: string): void {
    try {
      sessionStorage.setItem(PREFIX + name, text);
    } catch {
      // A full or closed store: the text stays in its field as long as that is on the screen.
    }
  },
  forget(name: string): void {
    try {
      sessionStorage.removeItem(PREFIX + name);
    } catch {
      // What cannot be read cannot have been kept.
    }
  },
};

/** What was written under a name is safe, or given up. */
export const forgetDraft = drafts.forget;

/** A text in a field: what it was when one last wrote here, else how it begins. */
export function useDraft(name: string, initial: string) {
  const [text, setText] = useState(() => drafts.of(name) ?? initial);
  return {
    text,
    /** Whether anything was written that is not saved. */
    unsaved: text !== initial,
    write: (now: string) => {
      setText(now);
      if (now === initial) drafts.forget(name);
      else drafts.keep(name, now);
    },
    /** Sent or given up: the field begins anew. */
    finish: () => {
      setText(initial);
      drafts.forget(name);
    },
  };
}
