import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterEvent,
  branchesOf,
  type Chat,
  type ChatEvent,
  isWriting,
  messagesFor,
  newChat,
  parentResponse,
  shownTurns,
} from './chat.ts';
import { newTurn, type Turn } from './turn.ts';

const attune = {
  response: 'Yes.',
  reward_score: 0.8,
  response_id: 'r-1',
  candidates_count: 3,
  generation_method: 'temperature_0.7',
  feedback_prompt: 'Was it right?',
  feedback_token: 'token',
  degraded: null,
  warning: null,
  reward_model: 'helpful@1.0.0',
  compare: null,
};
const error = { code: 'x', message: 'no', hint: '', requestId: null };

function after(...events: ChatEvent[]): Chat {
  return events.reduce(afterEvent, newChat('s'));
}

function asked(key: string, parent: string | null = null): ChatEvent {
  return { type: 'asked', key, parent, question: `${key}?` };
}

function answered(key: string, parent: string | null = null): ChatEvent[] {
  return [
    asked(key, parent),
    { type: 'wrote', key, text: `${key}!`, responseId: `r-${key}` },
    { type: 'finished', key, attune: { ...attune, response_id: `r-${key}` } },
  ];
}

const shown = (chat: Chat) => shownTurns(chat).map(({ key }) => key);

function stored(key: string, parent: string | null, more: Partial<Turn> = {}): Turn {
  return { ...newTurn(key, parent, `${key}?`), answer: `${key}!`, state: 'done', responseId: key, ...more };
}

describe('an answer', () => {
  test('grows piece by piece and ends with what Attune says about it', () => {
    const chat = after(
      asked('a'),
      { type: 'wrote', key: 'a', text: 'Ye', responseId: 'r-1' },
      { type: 'wrote', key: 'a', text: 's.', responseId: null },
    );
    assert.equal(isWriting(chat), true);
    assert.equal(chat.turns[0]?.answer, 'Yes.');
    const [turn] = afterEvent(chat, { type: 'finished', key: 'a', attune }).turns;
    assert.equal(turn?.state, 'done');
    assert.equal(turn?.responseId, 'r-1');
    assert.equal(turn?.account?.rewardModel, 'helpful@1.0.0');
  });

  test('that breaks off keeps its text, and what arrives later changes nothing', () => {
    const events: ChatEvent[] = [asked('a'), { type: 'wrote', key: 'a', text: 'Ye', responseId: 'r-1' }];
    for (const end of [
      { type: 'stopped', key: 'a' },
      { type: 'failed', key: 'a', error },
    ] as const) {
      const chat = after(...events, end, { type: 'wrote', key: 'a', text: 's.', responseId: null });
      assert.equal(chat.turns[0]?.answer, 'Ye');
      assert.equal(isWriting(chat), false);
    }
  });
});

describe('branches', () => {
  test('a question put otherwise stands beside the first, and one can turn back to it', () => {
    const chat = after(...answered('a'), ...answered('b', 'a'), ...answered('a2'));
    assert.deepEqual(shown(chat), ['a2']);
    const back = afterEvent(chat, { type: 'turned_to', key: 'a' });
    assert.deepEqual(shown(back), ['a', 'b']);
    assert.deepEqual(
      branchesOf(back, back.turns[0] ?? newTurn('', null, '')).map(({ key }) => key),
      ['a', 'a2'],
    );
  });

  test('asking again in place of a failed turn leaves no branch behind', () => {
    const chat = after(
      asked('a'),
      { type: 'failed', key: 'a', error },
      { type: 'asked', key: 'b', parent: null, question: 'a?', instead: 'a' },
    );
    assert.deepEqual(shown(chat), ['b']);
    assert.equal(chat.turns.length, 1);
  });

  test('only the shown branch is sent along, without answers that failed', () => {
    const chat = after(...answered('a'), ...answered('b', 'a'), ...answered('b2', 'a'), asked('c', 'b2'), {
      type: 'failed',
      key: 'c',
      error,
    });
    assert.deepEqual(
      messagesFor(chat, 'c', 'd?').map(({ content }) => content),
      ['a?', 'a!', 'b2?', 'b2!', 'd?'],
    );
    assert.equal(parentResponse(chat, 'c'), 'r-b2');
    assert.equal(parentResponse(chat, null), null);
  });
});

describe('a stored conversation', () => {
  test('opens at its newest branch', () => {
    const turns = [stored('1', null), stored('2', '1'), stored('3', null), stored('4', '2')];
    assert.deepEqual(shown(after({ type: 'opened', turns, older: null })), ['1', '2', '4']);
  });

  test('leaves out a failed question that was asked again', () => {
    const failed = { answer: '', state: 'failed' } as const;
    const again = [stored('1', null, failed), stored('2', null)];
    assert.deepEqual(after({ type: 'opened', turns: again, older: null }).turns.length, 1);
    const last = [stored('1', null), stored('2', '1', failed)];
    assert.deepEqual(shown(after({ type: 'opened', turns: last, older: null })), ['1', '2']);
  });

  test('begins with the oldest turn that is loaded, and grows upwards', () => {
    const chat = after({ type: 'opened', turns: [stored('3', '2'), stored('4', '3')], older: 'cursor' });
    assert.deepEqual(shown(chat), ['3', '4']);
    const whole = afterEvent(chat, {
      type: 'older_came',
      turns: [stored('1', null), stored('2', '1')],
      older: null,
    });
    assert.deepEqual(shown(whole), ['1', '2', '3', '4']);
  });
});
