import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { type AttuneAnswer, ChatResponse, LoggedAnswer } from '@attune/contracts';
import type { TestRoom } from './test-room.ts';

/** A question as clients send it. */
export function question(content: unknown, more: object = {}) {
  return { model: 'attune', messages: [{ role: 'user', content }], ...more };
}

/** Asks and reads the whole answer. */
export async function askWhole(room: TestRoom, body: object): Promise<ChatResponse> {
  return ChatResponse.parse(await (await room.call('chatCompletions', { body })).json());
}

/** The log row of an answer. */
export async function logged(
  room: TestRoom,
  attune: Pick<AttuneAnswer, 'response_id'>,
): Promise<LoggedAnswer> {
  const params = { response_id: attune.response_id };
  return LoggedAnswer.parse(await (await room.call('getAnswer', { params })).json());
}

/** One event of a stream. */
export interface StreamEvent {
  choices?: { delta: { content?: string; tool_calls?: unknown[] }; finish_reason: string | null }[];
  attune?: AttuneAnswer;
  usage?: { total_tokens: number };
  error?: { code: string };
  id?: string;
}

/** What a stream brought, and whether it was complete. */
export async function readStream(
  response: Response,
): Promise<{ events: StreamEvent[]; done: boolean; text: string }> {
  const data = (await response.text()).split('\n\n').filter((event) => event !== '');
  const done = data.at(-1) === 'data: [DONE]';
  const events = data
    .filter((event) => event !== 'data: [DONE]')
    .map((event): StreamEvent => JSON.parse(event.replace('data: ', '')));
  const text = events.map(({ choices }) => choices?.[0]?.delta.content ?? '').join('');
  return { events, done, text };
}

/** Waits until something holds; fails after ten seconds. */
export async function eventually(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await holds()) return;
    await wait(20);
  }
  assert.fail(`never happened: ${what}`);
}
