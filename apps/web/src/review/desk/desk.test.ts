import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttuneApiError } from '@attune/sdk';
import { InOrder } from '../decide/in-order.ts';
import { reviewItem } from '../testing/review-item.ts';
import { Desk, type DeskServer } from './desk.ts';
import { currentItem } from './desk-state.ts';

/** A queue of items a, b, c … and what the desk did with it; `refuse` names items whose decisions are refused. */
function rehearse(names: string, refuse: Record<string, Error> = {}) {
  const waiting = names.split('');
  const log: string[] = [];
  const errors: unknown[] = [];
  const settled = { resolve: () => {} };
  const server: DeskServer = {
    next: async (count) => {
      const items = waiting.splice(0, count).map(reviewItem);
      return { items, held_ids: items.map(({ feedback }) => feedback.id) };
    },
    prepare: (id) => log.push(`prepare ${id}`),
    read: async (id) => reviewItem(id),
    renew: async () => ({ refused: [] }),
    release: (ids) => log.push(`release ${ids.join('')}`),
    decide: async (id, { action }) => {
      if (refuse[id] !== undefined) throw refuse[id];
      log.push(`${action} ${id}`);
    },
    undo: async () => {
      throw new Error('nothing to undo');
    },
  };
  const tell = () => settled.resolve();
  const desk = new Desk(
    server,
    {
      onDecided: tell,
      onUndone: tell,
      onError: (error) => {
        errors.push(error);
        tell();
      },
    },
    new InOrder(),
  );
  const settle = () => new Promise<void>((resolve) => Object.assign(settled, { resolve }));
  return { desk, log, errors, settle, current: () => currentItem(desk.state())?.feedback.id };
}

test('a decision shows the next item at once, and the queue is filled up behind it', async () => {
  const { desk, log, current, settle } = rehearse('abcdefg');
  await desk.open(null);
  assert.equal(current(), 'a');
  assert.deepEqual(log, ['prepare a', 'prepare b', 'prepare c', 'prepare d', 'prepare e']);
  const done = settle();
  desk.decide({ action: 'approve' });
  assert.equal(current(), 'b');
  await done;
  assert.ok(log.includes('approve a'));
  assert.equal(desk.state().items.length, 5);
});

test('a decision that the server refuses comes back, with whoever holds it', async () => {
  const held = new AttuneApiError({
    code: 'item_reserved_by_other',
    status: 409,
    message: 'Ann is reviewing this item.',
    hint: '',
    current: { id: 'a', by: 'Ann', until: '2026-01-01T00:00:00Z' },
  });
  const { desk, errors, current, settle } = rehearse('abc', { a: held });
  await desk.open(null);
  const done = settle();
  desk.decide({ action: 'reject' });
  await done;
  assert.equal(current(), 'a');
  assert.deepEqual(errors, [held]);
  assert.equal(desk.state().lost.get('a')?.by, 'Ann');
  desk.decide({ action: 'approve' });
  assert.equal(current(), 'a', 'nothing is decided about what somebody else holds');
  desk.move(1);
  assert.deepEqual(
    desk.state().items.map(({ feedback }) => feedback.id),
    ['b', 'c'],
  );
});

test('a next item that is asked for before it came is looked at when it comes', async () => {
  const { desk, current } = rehearse('ab');
  const opening = desk.open('z');
  while (current() === undefined) await Promise.resolve();
  assert.equal(current(), 'z');
  desk.move(1);
  assert.equal(current(), 'z', 'it is on its way');
  await opening;
  assert.equal(current(), 'a');
  desk.move(1);
  desk.move(1);
  assert.equal(current(), 'b', 'none comes behind the last');
});

test('what lies on the desk is let go when it is left, also what comes too late', async () => {
  const { desk, log } = rehearse('ab');
  const opening = desk.open(null);
  desk.leave();
  await opening;
  assert.deepEqual(log, ['release ab']);
});
