import type { ShownNote } from '@attune/react';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { ActionMenu } from '../../shell/parts/action-menu.tsx';
import { useLanguage } from '../../text/use-text.ts';
import { useFeedbackLabels } from '../feedback-labels.ts';
import { wordIn } from '../kept-words.ts';

interface NoteListProps {
  notes: readonly ShownNote[];
  /** Shows where in the text a note stands. */
  onFind: (note: ShownNote) => void;
  onEdit: (note: ShownNote) => void;
  onRemove: (note: ShownNote) => void;
}

const looks: Readonly<Record<ShownNote['severity'], string>> = {
  minor: '',
  major: 'bg-warn-wash text-warn',
  critical: 'bg-bad-wash text-bad',
};

/** A person's notes on an answer, in the order of their places. */
export function NoteList({ notes, onFind, onEdit, onRemove }: NoteListProps) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  if (notes.length === 0) return null;
  return (
    <ul aria-label={labels.notes} className="divide-y divide-line rounded-xl border border-line">
      {notes.map((note) => (
        <li key={note.id} className="flex items-start gap-2 p-3 text-sm">
          <div className="min-w-0 flex-1">
            <button
              type="button"
              className="line-clamp-2 text-left text-soft hover:text-ink"
              onClick={() => onFind(note)}
            >
              “{note.quote.exact}”
            </button>
            <p className="mt-1 flex flex-wrap items-center gap-1.5">
              <span className="font-medium">{wordIn(language, note.label)}</span>
              <span className={`chip ${looks[note.severity]}`}>{labels.severities[note.severity]}</span>
            </p>
            {note.comment !== undefined && (
              <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{note.comment}</p>
            )}
          </div>
          <ActionMenu
            trigger={
              <button
                type="button"
                aria-label={`${labels.edit}: ${note.quote.exact.slice(0, 60)}`}
                className="quiet-button size-8 shrink-0 p-0"
              >
                <Ellipsis aria-hidden className="size-4" />
              </button>
            }
            actions={[
              { label: labels.edit, icon: PencilLine, onSelect: () => onEdit(note) },
              { label: labels.remove, icon: Trash2, danger: true, onSelect: () => onRemove(note) },
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
