import type { InlineNote } from '@attune/contracts';
import { newNoteId, notesOf } from './notes.ts';
import { type AboutAnswer, useMyFeedback } from './use-my-feedback.ts';

/** Notes on passages of an answer. */
export function useInlineNotes(about: AboutAnswer) {
  const [state, store] = useMyFeedback(about);
  return {
    notes: notesOf(state),
    /** Writes a note; one with the id of an earlier note replaces it. */
    write: (note: InlineNote) => {
      const id = note.id ?? newNoteId();
      return store.say(`note:${id}`, { note: { ...note, id } });
    },
    remove: (id: string) => store.takeBack(`note:${id}`),
    problem: state.problem,
    putProblemAway: store.putProblemAway,
  };
}
