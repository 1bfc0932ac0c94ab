import type { InlineNote } from '@attune/contracts';
import type { Problem } from '@attune/react';
import { Popover } from '@base-ui/react/popover';
import { useFeedbackLabels } from '../feedback-labels.ts';
import type { Draft } from './draft.ts';
import { NoteForm } from './note-form.tsx';

interface NotePopupProps {
  draft: Draft;
  /** Where the passage stands; null where it is no longer there. */
  anchor: Range | null;
  problem: Problem | null;
  onSave: (note: InlineNote) => Promise<boolean>;
  onClose: () => void;
}

/** The form of a note, beside the passage that it is about. */
export function NotePopup({ draft, anchor, problem, onSave, onClose }: NotePopupProps) {
  const labels = useFeedbackLabels();
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={8} align="start" className="z-50">
          <Popover.Popup className="popup w-88 max-w-[calc(100vw-2rem)] p-4 outline-none">
            <Popover.Title className="sr-only">{labels.note}</Popover.Title>
            <NoteForm draft={draft} problem={problem} onSave={onSave} onClose={onClose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
