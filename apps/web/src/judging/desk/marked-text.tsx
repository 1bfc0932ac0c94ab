import { type MouseEvent, useMemo } from 'react';
import { markLook } from '../questions/mark-looks.ts';
import { type Mark, type Passage, segmentsOf } from '../questions/spans.ts';

interface MarkedTextProps {
  response: string;
  text: string;
  marks: readonly Mark[];
  /** Keys of the labels, in the order of the question's options. */
  labels: readonly string[];
  passage: Passage | null;
  onPassage: (passage: Passage | null) => void;
}

/** A response as it is written, in which passages are selected and marked. */
export function MarkedText({ response, text, marks, labels, passage, onPassage }: MarkedTextProps) {
  const selected = passage?.response === response ? passage : null;
  const segments = useMemo(() => segmentsOf(text, marks, selected), [text, marks, selected]);
  const select = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const range = selectedIn(currentTarget);
    if (range !== null) onPassage({ response, ...range });
  };
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]" onMouseUp={select}>
      {segments.map((segment) => (
        <span
          key={segment.start}
          data-labels={segment.labels.join(' ') || undefined}
          data-selected={segment.selected || undefined}
          className={`${segment.labels.map((label) => markLook(labels.indexOf(label))).join(' ')} ${
            segment.selected ? 'rounded-sm outline-2 outline-accent' : ''
          }`}
        >
          {segment.text}
        </span>
      ))}
    </p>
  );
}

/** Offsets of the browser's selection in an element's text; null where nothing of it is selected. */
function selectedIn(element: HTMLElement): { start: number; end: number } | null {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return { start, end: start + range.toString().length };
}
