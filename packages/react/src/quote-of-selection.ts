import type { InlineNote } from '@attune/contracts';
import { anchor } from '@attune/core/inline-notes';

/** A part of a text by its words and its place (W3C Web Annotation). */
export type Passage = Pick<InlineNote, 'quote' | 'position'>;

/** How much of the text around a quote is kept to find it again. */
const CONTEXT = 32;

/** The passage between two offsets of a text, as quote and position (W3C Web Annotation). */
export function passageAt(text: string, start: number, end: number): Passage {
  return {
    quote: {
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - CONTEXT), start),
      suffix: text.slice(end, end + CONTEXT),
    },
    position: { start, end },
  };
}

/** The passage that is selected inside `root`; null when nothing is, or when the selection reaches outside. */
export function selectedPassage(root: HTMLElement): Passage | null {
  const selection = root.ownerDocument.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const text = root.textContent ?? '';
  const start = offsetOf(root, range.startContainer, range.startOffset);
  const end = offsetOf(root, range.endContainer, range.endOffset);
  const { from, to } = trimmed(text, start, end);
  return from < to ? passageAt(text, from, to) : null;
}

function offsetOf(root: HTMLElement, node: Node, offset: number): number {
  const before = root.ownerDocument.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

function trimmed(text: string, start: number, end: number): { from: number; to: number } {
  const selected = text.slice(start, end);
  const from = start + (selected.length - selected.trimStart().length);
  const to = end - (selected.length - selected.trimEnd().length);
  return { from, to };
}

/** Where a passage stands in what `root` shows now, however it is rendered; null when it is not there. */
export function rangeOfPassage(root: HTMLElement, { quote, position }: Passage): Range | null {
  const found = anchor(root.textContent ?? '', quote, position);
  if (found === null) return null;
  const start = placeAt(root, found.start);
  const end = placeAt(root, found.end);
  if (start === null || end === null) return null;
  const range = root.ownerDocument.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

function placeAt(root: HTMLElement, offset: number): { node: Text; offset: number } | null {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    if (offset <= passed + node.data.length) return { node, offset: offset - passed };
    passed += node.data.length;
  }
  return null;
}
