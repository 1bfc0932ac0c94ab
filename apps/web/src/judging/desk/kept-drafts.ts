import type { Draft } from './desk-state.ts';

/** Where drafts outlive a reload. */
export interface KeptDrafts {
  read(task: string): Draft | null;
  keep(task: string, draft: Draft): void;
  forget(task: string): void;
}

const nameOf = (task: string) => `attune-judging-draft ${task}`;

/** Drafts in the storage of this tab, which signing out empties. */
export const draftsOfTab: KeptDrafts = {
  read(task) {
    try {
      const draft: unknown = JSON.parse(sessionStorage.getItem(nameOf(task)) ?? 'null');
      return isDraft(draft) ? draft : null;
    } catch {
      // A closed store or a torn text: the item is answered anew.
      return null;
    }
  },
  keep(task, draft) {
    try {
      sessionStorage.setItem(nameOf(task), JSON.stringify(draft));
    } catch {
      // A closed or full store: the draft holds until the page is left.
    }
  },
  forget(task) {
    try {
      sessionStorage.removeItem(nameOf(task));
    } catch {
      // What cannot be read cannot have been kept.
    }
  },
};

/** Nobody but this page writes there; the server checks every answer. */
function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { answers, comment } = { answers: null, comment: null, ...value };
  return typeof answers === 'object' && answers !== null && typeof comment === 'string';
}
