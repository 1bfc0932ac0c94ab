import { type Passage, rangeOfPassage, useSelectedPassage } from '@attune/react';
import { StickyNote } from 'lucide-react';
import type { RefObject } from 'react';
import { useFeedbackLabels } from '../feedback-labels.ts';

interface SelectionButtonProps {
  /** The text that can be selected from. */
  root: RefObject<HTMLElement | null>;
  onNote: (passage: Passage) => void;
}

/** Stands beneath what is selected in a text, to note something about it. */
export function SelectionButton({ root, onNote }: SelectionButtonProps) {
  const labels = useFeedbackLabels();
  const [selected, setSelected] = useSelectedPassage(root);
  if (selected === null || root.current === null) return null;
  const box = rangeOfPassage(root.current, selected)?.getBoundingClientRect();
  const frame = root.current.getBoundingClientRect();
  if (box === undefined) return null;
  return (
    <button
      type="button"
      className="main-button absolute z-20 shadow-float"
      style={{
        top: box.bottom - frame.top + 6,
        left: Math.max(0, Math.min(box.left - frame.left, frame.width - 140)),
      }}
      // A press would take the selection away before the click comes.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        onNote(selected);
        setSelected(null);
      }}
    >
      <StickyNote aria-hidden className="size-4" /> {labels.addNote}
    </button>
  );
}
