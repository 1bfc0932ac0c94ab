import type { Turn } from '../exports/turn.ts';
import { type Message, messageText } from './message-text.ts';

/** Most characters (UTF-16 code units) that are kept of the turns before a question. */
export const MOST_CONTEXT_CHARACTERS = 8000;

/** Stands where the beginning of a turn was cut off. */
const CUT = '…';

/** What users and assistants said before a question; system texts belong to the application, not to the talk. */
type Spoken = Turn & { role: 'user' | 'assistant' };

/**
 * The turns of a conversation before its last question, as one text: feedback, data sets, training and scoring all
 * read this one. Empty where there are none.
 *
 * A turn is `user: …` or `assistant: …`, each from a new line. System texts, tool calls and their results are left out:
 * the former are the same for every question of an application and would push what was said out of a model's sight,
 * and two wordings of them would keep answers to one question apart. Turns without text are left out too. Of more than
 * {@link MOST_CONTEXT_CHARACTERS} the nearest turns stay; the first that does not fit whole keeps its end.
 */
export function earlierTurns(messages: readonly Message[]): string {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const turns = messages.slice(0, asked === -1 ? -1 : asked).flatMap(spoken);
  const lines: string[] = [];
  let room = MOST_CONTEXT_CHARACTERS;
  for (const turn of turns.toReversed()) {
    const whole = line(turn);
    const kept = whole.length <= room ? whole : line({ ...turn, content: ending(turn, room) });
    if (kept.length > room) break;
    lines.unshift(kept);
    room -= kept.length + 1;
    if (kept !== whole) break;
  }
  return lines.join('\n');
}

/** A context that came as a text of its own, cut from its beginning to what is kept. */
export function cutContext(context: string): string {
  if (context.length <= MOST_CONTEXT_CHARACTERS) return context;
  return `${CUT}${tail(context, MOST_CONTEXT_CHARACTERS - CUT.length)}`;
}

/**
 * The turns that {@link earlierTurns} wrote, oldest first; null for a context of another shape. Where the beginning was
 * cut off, the first may be the assistant's.
 */
export function turnsInContext(context: string): Turn[] | null {
  if (!labelled.test(context)) return null;
  return context.split(/\n(?=(?:user|assistant): )/).map((text): Turn => {
    const role = text.startsWith('user: ') ? 'user' : 'assistant';
    return { role, content: unescaped(text.slice(role.length + 2)) };
  });
}

/** The question with what was said before it, as one text: for forms that have no place for a context. */
export function withContext(context: string | undefined, query: string): string {
  return context ? `${context}\n\n${query}` : query;
}

function spoken(message: Message): Spoken[] {
  const { role } = message;
  if (role !== 'user' && role !== 'assistant') return [];
  const content = messageText(message).trim();
  return content === '' ? [] : [{ role, content }];
}

const labelled = /^(?:user|assistant): /;

function line({ role, content }: Turn): string {
  return `${role}: ${escaped(content)}`;
}

/** A line within a turn that looks like another turn is set off by a space, so that turns can be told apart again. */
function escaped(content: string): string {
  return content.replace(/\n(?= *(?:user|assistant): )/g, '\n ');
}

function unescaped(content: string): string {
  return content.replace(/\n (?= *(?:user|assistant): )/g, '\n');
}

/** The end of a turn such that its line takes up `room`; what escaping adds is made room for. */
function ending({ role, content }: Turn, room: number): string {
  const added = escaped(content).length - content.length;
  const left = room - role.length - 2 - CUT.length - added;
  return left <= 0 ? content : `${CUT}${tail(content, left)}`;
}

/** The last characters, without half of a surrogate pair. */
function tail(text: string, characters: number): string {
  return text.slice(-characters).replace(/^[\uDC00-\uDFFF]/, '');
}
