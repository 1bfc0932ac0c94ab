import type { AttuneAnswer, ChatMessage, Feedback } from '@attune/contracts';
import type { SaidError } from '../shell/said-error.ts';

/** A question and its answer. */
export interface Turn {
  readonly key: string;
  readonly question: string;
  readonly answer: string;
  readonly state: 'writing' | 'done' | 'stopped' | 'failed';
  /** Known from the first chunk on. */
  readonly responseId: string | null;
  /** What Attune says about the answer; it comes with the last chunk. */
  readonly attune: AttuneAnswer | null;
  readonly error: SaidError | null;
  /** What the person said about the answer, as the server keeps it. */
  readonly feedback: Feedback | null;
}

/** A conversation: one session, turn after turn. */
export interface Chat {
  readonly sessionId: string;
  readonly turns: readonly Turn[];
}

export type ChatEvent =
  | { type: 'asked'; key: string; question: string }
  | { type: 'wrote'; key: string; text: string; responseId: string | null }
  | { type: 'finished'; key: string; attune: AttuneAnswer }
  | { type: 'stopped'; key: string }
  | { type: 'failed'; key: string; error: SaidError }
  | { type: 'said'; key: string; feedback: Feedback }
  | { type: 'started_over'; sessionId: string };

/** A conversation in which nothing was asked yet. */
export function newChat(sessionId: string): Chat {
  return { sessionId, turns: [] };
}

/** The conversation after something happened. Asking again under the key of an earlier turn replaces that turn. */
export function afterEvent(chat: Chat, event: ChatEvent): Chat {
  if (event.type === 'started_over') return newChat(event.sessionId);
  if (event.type === 'asked') {
    const others = chat.turns.filter(({ key }) => key !== event.key);
    return { ...chat, turns: [...others, newTurn(event)] };
  }
  const turns = chat.turns.map((turn) => (turn.key === event.key ? changed(turn, event) : turn));
  return { ...chat, turns };
}

function newTurn({ key, question }: { key: string; question: string }): Turn {
  return {
    key,
    question,
    answer: '',
    state: 'writing',
    responseId: null,
    attune: null,
    error: null,
    feedback: null,
  };
}

function changed(turn: Turn, event: Exclude<ChatEvent, { type: 'asked' | 'started_over' }>): Turn {
  if (event.type === 'said') return { ...turn, feedback: event.feedback };
  // What arrives after a turn has ended belongs to a stream that is being closed.
  if (turn.state !== 'writing') return turn;
  switch (event.type) {
    case 'wrote':
      return { ...turn, answer: turn.answer + event.text, responseId: event.responseId ?? turn.responseId };
    case 'finished':
      return { ...turn, state: 'done', attune: event.attune, responseId: event.attune.response_id };
    case 'stopped':
      return { ...turn, state: 'stopped' };
    case 'failed':
      return { ...turn, state: 'failed', error: event.error };
  }
}

/** What is sent to ask the next question: every exchange that has an answer, then the question. */
export function messagesFor(turns: readonly Turn[], question: string): ChatMessage[] {
  const answered = turns.filter(({ state, answer }) => state !== 'failed' && answer !== '');
  const before = answered.flatMap((turn): ChatMessage[] => [
    { role: 'user', content: turn.question },
    { role: 'assistant', content: turn.answer },
  ]);
  return [...before, { role: 'user', content: question }];
}

/** Whether an answer is being written. */
export function isWriting(chat: Chat): boolean {
  return chat.turns.some(({ state }) => state === 'writing');
}
