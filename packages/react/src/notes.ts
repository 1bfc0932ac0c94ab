import type { Feedback, InlineNote } from '@attune/contracts';
import type { MyFeedbackState, Wish } from './my-feedback.ts';

/** A note on a passage, as it is shown. */
export interface ShownNote extends InlineNote {
  readonly id: string;
  /** Not yet taken by the server. */
  readonly pending: boolean;
}

/** A person's notes on an answer in the order of their places, with those still on their way. */
export function notesOf({ kept, wishes }: MyFeedbackState): ShownNote[] {
  const notes = new Map<string, ShownNote>();
  for (const feedback of kept.values()) {
    const note = noteIn(feedback);
    if (note !== null) notes.set(feedback.target, note);
  }
  for (const [target, waiting] of wishes) {
    if (target.startsWith('note:')) show(notes, target, waiting);
  }
  return [...notes.values()].sort((a, b) => a.position.start - b.position.start);
}

function show(notes: Map<string, ShownNote>, target: string, waiting: readonly Wish[]): void {
  const last = waiting.at(-1);
  if (last === undefined) return;
  const note = 'say' in last ? last.say.note : undefined;
  if (note === undefined) notes.delete(target);
  else notes.set(target, { ...note, id: target.slice('note:'.length), pending: true });
}

function noteIn({ target, feedback_value: { note } }: Feedback): ShownNote | null {
  if (!target.startsWith('note:') || !isNote(note)) return null;
  return { ...note, id: target.slice('note:'.length), pending: false };
}

function isNote(value: unknown): value is InlineNote {
  return typeof value === 'object' && value !== null && 'quote' in value && 'position' in value;
}

/** A new note's id. Works on pages without https too, where `crypto.randomUUID` is absent. */
export function newNoteId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
