import type { Chat, Turn } from './chat.ts';

const KEY = 'attune-chat';

/** The conversation of this tab as it was before a reload; null when there is none that can be read. */
export function loadChat(storage: Pick<Storage, 'getItem'>): Chat | null {
  const text = storage.getItem(KEY);
  if (text === null) return null;
  try {
    return chatOf(JSON.parse(text));
  } catch {
    // Written by another version or by hand: a new conversation begins.
    return null;
  }
}

/** Keeps the conversation for a reload of this tab. A storage that is full keeps what it had. */
export function storeChat(storage: Pick<Storage, 'setItem'>, chat: Chat): void {
  try {
    storage.setItem(KEY, JSON.stringify(chat));
  } catch {
    // Reloading then shows an older state; the server has every answer and feedback all the same.
  }
}

function chatOf(value: unknown): Chat | null {
  if (!isChat(value)) return null;
  return { ...value, turns: value.turns.map(settled) };
}

/** Nobody writes an answer across a reload. */
function settled(turn: Turn): Turn {
  return turn.state === 'writing' ? { ...turn, state: 'stopped' } : turn;
}

function isChat(value: unknown): value is Chat {
  const chat = fieldsOf(value);
  const turns = chat.get('turns');
  return typeof chat.get('sessionId') === 'string' && Array.isArray(turns) && turns.every(isTurn);
}

const texts = ['key', 'question', 'answer', 'state'];
const nullable = ['responseId', 'attune', 'error', 'feedback'];

function isTurn(value: unknown): value is Turn {
  const turn = fieldsOf(value);
  return (
    texts.every((name) => typeof turn.get(name) === 'string') &&
    nullable.every((name) => turn.get(name) !== undefined)
  );
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
