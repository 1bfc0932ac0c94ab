import { type ReactNode, useRef, useState } from 'react';
import { NoteForm } from './note-form.tsx';
import type { ShownNote } from './notes.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useAttune } from './provider.tsx';
import type { Passage } from './quote-of-selection.ts';
import { sentencesOf } from './sentences.ts';
import { useInlineNotes } from './use-inline-notes.ts';
import type { AboutAnswer } from './use-my-feedback.ts';
import { useNoteHighlights } from './use-note-highlights.ts';
import { useSelectedPassage } from './use-selected-passage.ts';

export interface InlineFeedbackProps extends AboutAnswer {
  /** The answer, however it is rendered. */
  children: ReactNode;
}

interface Draft {
  readonly passage: Passage;
  readonly before: ShownNote | null;
}

/**
 * Notes on passages of the answer inside it: select text, or choose a sentence by keyboard, then label, severity and
 * comment. Notes are found again by quote and position after the answer is rendered anew.
 */
export function InlineFeedback({ children, ...about }: InlineFeedbackProps) {
  const { labels } = useAttune();
  const { notes, write, remove, problem, putProblemAway } = useInlineNotes(about);
  const text = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useSelectedPassage(text);
  const [choosing, setChoosing] = useState(false);
  const [draft, setDraft] = useState<Draft | null>(null);
  useNoteHighlights(text, notes);

  function begin(passage: Draft['passage'], before: ShownNote | null): void {
    setDraft({ passage, before });
    setSelected(null);
    setChoosing(false);
  }

  return (
    <div className="attune-inline">
      <div ref={text}>{children}</div>
      <div className="attune-row">
        <button
          type="button"
          className={selected === null ? 'attune-quiet' : 'attune-chip'}
          aria-expanded={choosing}
          onClick={() => (selected === null ? setChoosing(!choosing) : begin(selected, null))}
        >
          {labels.addNote}
          {selected !== null && <q className="attune-selected">{selected.quote.exact}</q>}
        </button>
      </div>
      {choosing && (
        <fieldset className="attune-form" aria-label={labels.choosePassage}>
          {sentencesOf(text.current?.textContent ?? '').map((passage) => (
            <button
              key={passage.position.start}
              type="button"
              className="attune-sentence"
              onClick={() => begin(passage, null)}
            >
              {passage.quote.exact}
            </button>
          ))}
        </fieldset>
      )}
      {draft !== null && (
        <NoteForm
          key={draft.before?.id ?? draft.passage.position.start}
          passage={draft.passage}
          before={draft.before}
          onSave={write}
          onClose={() => setDraft(null)}
        />
      )}
      <NoteList notes={notes} onEdit={(note) => begin(note, note)} onRemove={remove} />
      <ProblemNotice problem={problem} onDismiss={putProblemAway} />
    </div>
  );
}

interface NoteListProps {
  notes: readonly ShownNote[];
  onEdit: (note: ShownNote) => void;
  onRemove: (id: string) => Promise<boolean>;
}

function NoteList({ notes, onEdit, onRemove }: NoteListProps) {
  const { labels } = useAttune();
  if (notes.length === 0) return null;
  return (
    <ul className="attune-notes" aria-label={labels.notes}>
      {notes.map((note) => (
        <li key={note.id} data-severity={note.severity}>
          <blockquote className="attune-quote">{note.quote.exact}</blockquote>
          <p>
            <strong>{note.label}</strong> · {labels.severities[note.severity]}
            {note.comment !== undefined && <> · {note.comment}</>}
          </p>
          <div className="attune-row">
            <button type="button" className="attune-quiet" onClick={() => onEdit(note)}>
              {labels.edit}
            </button>
            <button type="button" className="attune-quiet" onClick={() => void onRemove(note.id)}>
              {labels.remove}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
