import type { AttuneAnswer, ChatMessage } from '@attune/contracts';
import type { SaidError } from '../shell/said-error.ts';
import { accountOfAnswer, newTurn, type Turn } from './turn.ts';

/** A conversation: one session. A question asked otherwise, or once more, is a branch beside the first. */
export interface Chat {
  readonly sessionId: string;
  /** Of all branches, in the order in which they were asked. */
  readonly turns: readonly Turn[];
  /** Which branch is shown: the key of a turn by the key of its parent (`ROOT` where it has none). */
  readonly chosen: ReadonlyMap<string, string>;
  /** Leads to older turns; null when all are here. */
  readonly older: string | null;
}

/** Stands for the parent of first questions. */
export const ROOT = '';

export type ChatEvent =
  | { type: 'opened'; turns: readonly Turn[]; older: string | null }
  | { type: 'older_came'; turns: readonly Turn[]; older: string | null }
  | { type: 'asked'; key: string; parent: string | null; question: string; instead?: string }
  | { type: 'wrote'; key: string; text: string; responseId: string | null }
  | { type: 'finished'; key: string; attune: AttuneAnswer }
  | { type: 'stopped'; key: string }
  | { type: 'failed'; key: string; error: SaidError }
  | { type: 'turned_to'; key: string };

/** A conversation in which nothing was asked yet. */
export function newChat(sessionId: string): Chat {
  return { sessionId, turns: [], chosen: new Map(), older: null };
}

/** The conversation after something happened. */
export function afterEvent(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'opened':
      return opened(chat, event.turns, event.older);
    case 'older_came':
      return longer(chat, event.turns, event.older);
    case 'asked': {
      const turns = chat.turns.filter(({ key }) => key !== event.instead);
      return showing(
        { ...chat, turns: [...turns, newTurn(event.key, event.parent, event.question)] },
        event.key,
      );
    }
    case 'turned_to':
      return showing(chat, event.key);
    default:
      return {
        ...chat,
        turns: chat.turns.map((turn) => (turn.key === event.key ? changed(turn, event) : turn)),
      };
  }
}

type Growth = Extract<ChatEvent, { type: 'wrote' | 'finished' | 'stopped' | 'failed' }>;

function changed(turn: Turn, event: Growth): Turn {
  // What arrives after a turn has ended belongs to a stream that is being closed.
  if (turn.state !== 'writing') return turn;
  switch (event.type) {
    case 'wrote':
      return { ...turn, answer: turn.answer + event.text, responseId: event.responseId ?? turn.responseId };
    case 'finished':
      return {
        ...turn,
        state: 'done',
        account: accountOfAnswer(event.attune),
        responseId: event.attune.response_id,
      };
    case 'stopped':
      return { ...turn, state: 'stopped' };
    case 'failed':
      return { ...turn, state: 'failed', error: event.error };
  }
}

/** The newest branch is shown; an answer that is being written here is newer still. A question of which nothing came is left out once it was asked again. */
function opened(chat: Chat, stored: readonly Turn[], older: string | null): Chat {
  if (isWriting(chat)) return chat;
  const turns = stored.filter(
    (turn) =>
      turn.state !== 'failed' || turn.answer !== '' || !stored.some((other) => isLaterBranch(other, turn)),
  );
  const newest = turns.at(-1);
  const all = { ...chat, turns, older };
  return newest === undefined ? all : showing(all, newest.key);
}

/** With older turns above; what was shown stays so. */
function longer(chat: Chat, older: readonly Turn[], cursor: string | null): Chat {
  const last = shownTurns(chat).at(-1);
  const all = { ...chat, turns: [...older, ...chat.turns], older: cursor };
  return last === undefined ? all : showing(all, last.key);
}

function isLaterBranch(other: Turn, turn: Turn): boolean {
  return other.parent === turn.parent && other.key > turn.key;
}

/** With the branches chosen that lead to a turn. */
function showing(chat: Chat, key: string): Chat {
  const chosen = new Map(chat.chosen);
  for (const turn of ancestry(chat, key)) chosen.set(placeOf(chat, turn), turn.key);
  return { ...chat, chosen };
}

/** A turn and those it goes on from, the first of them last. */
function ancestry(chat: Chat, key: string | null): Turn[] {
  const line: Turn[] = [];
  let turn = chat.turns.find((one) => one.key === key);
  while (turn !== undefined && !line.includes(turn)) {
    line.push(turn);
    const { parent } = turn;
    turn = chat.turns.find((one) => one.key === parent);
  }
  return line;
}

/** Where a turn stands: the key of its parent; the top where that one is not loaded. */
function placeOf(chat: Chat, { parent }: Turn): string {
  return chat.turns.some(({ key }) => key === parent) && parent !== null ? parent : ROOT;
}

const groups = new WeakMap<readonly Turn[], Map<string, Turn[]>>();

/** The branches at each place, grouped once for every state of the conversation: each question asks for its own. */
function branchesByPlace({ turns }: Chat): Map<string, Turn[]> {
  const known = groups.get(turns);
  if (known !== undefined) return known;
  const keys = new Set(turns.map(({ key }) => key));
  const fresh = Map.groupBy(turns, ({ parent }) => (parent !== null && keys.has(parent) ? parent : ROOT));
  groups.set(turns, fresh);
  return fresh;
}

/** The branches at the place of a turn, in the order in which they were asked; at least the turn itself. */
export function branchesOf(chat: Chat, turn: Turn): Turn[] {
  return branchesByPlace(chat).get(placeOf(chat, turn)) ?? [turn];
}

/** The turns that are shown, from the first to the last: at each place the chosen branch, else the newest. */
export function shownTurns(chat: Chat): Turn[] {
  const byPlace = branchesByPlace(chat);
  const shown: Turn[] = [];
  let branches = byPlace.get(ROOT);
  while (branches !== undefined) {
    const place = shown.at(-1)?.key ?? ROOT;
    const next = branches.find(({ key }) => key === chat.chosen.get(place)) ?? branches.at(-1);
    if (next === undefined || shown.includes(next)) break;
    shown.push(next);
    branches = byPlace.get(next.key);
  }
  return shown;
}

/** What is sent to ask a question after `parent`: every exchange before it that has an answer, then the question. */
export function messagesFor(chat: Chat, parent: string | null, question: string): ChatMessage[] {
  const answered = ancestry(chat, parent)
    .toReversed()
    .filter(({ state, answer }) => state !== 'failed' && answer !== '');
  const before = answered.flatMap((turn): ChatMessage[] => [
    { role: 'user', content: turn.question },
    { role: 'assistant', content: turn.answer },
  ]);
  return [...before, { role: 'user', content: question }];
}

/** The answer that a question after `parent` goes on from, as the server knows it. */
export function parentResponse(chat: Chat, parent: string | null): string | null {
  return ancestry(chat, parent).find(({ responseId }) => responseId !== null)?.responseId ?? null;
}

/** Whether an answer is being written here. */
export function isWriting(chat: Chat): boolean {
  return chat.turns.some(({ state }) => state === 'writing');
}
