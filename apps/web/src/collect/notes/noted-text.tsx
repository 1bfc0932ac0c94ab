import {
  type Passage,
  rangeOfPassage,
  type ShownNote,
  useInlineNotes,
  useNoteHighlights,
} from '@attune/react';
import { StickyNote } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useText } from '../../text/use-text.ts';
import type { About } from '../about.ts';
import { useFeedbackLabels } from '../feedback-labels.ts';
import { text as words } from '../text.ts';
import type { Draft } from './draft.ts';
import { NoteList } from './note-list.tsx';
import { NotePopup } from './note-popup.tsx';
import { SelectionButton } from './selection-button.tsx';
import { SentencePopup } from './sentence-popup.tsx';

interface NotedTextProps extends About {
  /** The answer, however it is drawn. */
  children: ReactNode;
  /** What else can be done with the text. */
  actions?: ReactNode;
}

/** An answer that can be noted in: any passage by selecting it, any sentence by keyboard. */
export function NotedText({ children, actions, ...about }: NotedTextProps) {
  const t = useText(words);
  const labels = useFeedbackLabels();
  const { notes, write, remove, problem } = useInlineNotes(about);
  const root = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [choosing, setChoosing] = useState(false);
  useNoteHighlights(root, notes);

  const begin = (passage: Passage, before: ShownNote | null = null) => {
    setChoosing(false);
    setDraft({ passage, before });
  };
  const rangeOf = (passage: Passage) => (root.current ? rangeOfPassage(root.current, passage) : null);

  return (
    <div className="relative space-y-3">
      <div ref={root}>{children}</div>
      <SelectionButton root={root} onNote={begin} />
      <div className="-ml-2.5 flex items-center">
        <button
          type="button"
          className="quiet-button"
          aria-haspopup="dialog"
          title={labels.choosePassage}
          onClick={() => setChoosing(true)}
        >
          <StickyNote aria-hidden className="size-3.5" /> {t.note}
        </button>
        {actions}
      </div>
      {choosing && (
        <SentencePopup
          text={root.current?.textContent ?? ''}
          onChoose={begin}
          onClose={() => setChoosing(false)}
        />
      )}
      {draft && (
        <NotePopup
          draft={draft}
          anchor={rangeOf(draft.passage)}
          problem={problem}
          onSave={write}
          onClose={() => setDraft(null)}
        />
      )}
      <NoteList
        notes={notes}
        onFind={(note) => rangeOf(note)?.startContainer.parentElement?.scrollIntoView({ block: 'center' })}
        onEdit={(note) => begin(note, note)}
        onRemove={(note) => void remove(note.id)}
      />
    </div>
  );
}
