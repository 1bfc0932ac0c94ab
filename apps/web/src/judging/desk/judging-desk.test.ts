import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgingStanding, JudgingTask } from '@attune/contracts';
import type { Draft } from './desk-state.ts';
import { JudgingDesk, type JudgingServer } from './judging-desk.ts';
import type { KeptDrafts } from './kept-drafts.ts';

const standing: JudgingStanding = {
  phase: 'judging',
  waiting: null,
  training_left: 0,
  done: 0,
  left: 9,
  quota: null,
  pace: null,
  last_judged_at: null,
};

function task(id: string, training = false): JudgingTask {
  const responses = [
    { key: 'A', text: 'Two metres.' },
    { key: 'B', text: 'Who knows?' },
  ];
  return { id, training, query: id, context: null, responses, reserved_until: '2026-03-01T12:00:00Z' };
}

/** Drafts in memory, as a tab keeps them. */
function draftsIn(kept: Map<string, Draft>): KeptDrafts {
  return {
    read: (id) => kept.get(id) ?? null,
    keep: (id, draft) => void kept.set(id, draft),
    forget: (id) => void kept.delete(id),
  };
}

/** A desk before a server that keeps three items, and what the desk said to its judge. */
function deskBefore(
  changes: Partial<JudgingServer>,
  tasks = [task('one'), task('two'), task('three')],
  kept = new Map<string, Draft>(),
) {
  const errors: unknown[] = [];
  const said: string[] = [];
  const server: JudgingServer = {
    next: async () => ({ tasks, standing }),
    judge: async () => ({ standing, training: null }),
    undo: async () => null,
    release: () => {},
    ...changes,
  };
  const desk = new JudgingDesk(
    server,
    { onError: (error) => errors.push(error), onNothingToUndo: () => said.push('nothing') },
    draftsIn(kept),
  );
  const ids = () => desk.state().tasks.map((open) => open.task.id);
  return { desk, ids, errors, said };
}

const better = { kind: 'pairwise' as const, choice: 'A' };

test('the next item is in front before the vote has arrived, and a late list does not bring the old one back', async () => {
  const arrived = Promise.withResolvers<void>();
  const { desk, ids } = deskBefore({
    judge: async () => {
      await arrived.promise;
      return { standing: { ...standing, done: 1 }, training: null };
    },
  });
  await desk.refill();
  const voted = desk.vote({ answers: { better } });
  assert.deepEqual(ids(), ['two', 'three']);
  await desk.refill();
  assert.deepEqual(ids(), ['two', 'three']);
  arrived.resolve();
  await voted;
  assert.deepEqual(ids(), ['two', 'three']);
  assert.equal(desk.state().standing?.left, 9);
});

test('a refused vote comes back with its answers; one that others have judged meanwhile does not', async () => {
  const refusal = Object.assign(new Error('paused'), { code: 'judging_not_running' });
  const refused = deskBefore({ judge: () => Promise.reject(refusal) });
  await refused.desk.refill();
  refused.desk.answer('better', better);
  await refused.desk.vote({ answers: { better } });
  assert.deepEqual(refused.ids(), ['one', 'two', 'three']);
  assert.deepEqual(refused.desk.state().tasks[0]?.answers, { better });
  assert.deepEqual(refused.errors, [refusal]);

  const loss = Object.assign(new Error('lost'), { code: 'judging_reservation_lost' });
  const lost = deskBefore({ judge: () => Promise.reject(loss) });
  await lost.desk.refill();
  await lost.desk.vote({ answers: { better } });
  assert.deepEqual(lost.ids(), ['two', 'three']);
});

test('a training answer is explained before anything else comes', async () => {
  const training = { correct: false, answers: { better }, explanation: 'It answers.' };
  const { desk, ids } = deskBefore({ judge: async () => ({ standing, training }) }, [
    task('first', true),
    task('one'),
  ]);
  await desk.refill();
  const voted = desk.vote({ answers: {} });
  assert.deepEqual([ids(), desk.state().busy], [['first', 'one'], true]);
  await voted;
  assert.equal(desk.state().explained?.explanation, 'It answers.');
  await desk.vote({ answers: { better } });
  assert.deepEqual(ids(), ['one']);
  desk.goOn();
  assert.equal(desk.state().explained, null);
});

test('what was taken back lies in front again, with what was said; nothing to take back is said', async () => {
  const undone = { ...task('zero'), answers: { better }, comment: 'sure', skip: null };
  const { desk, ids } = deskBefore({ undo: async () => undone });
  await desk.refill();
  await desk.undo();
  assert.deepEqual(ids(), ['zero', 'one', 'two', 'three']);
  const [front] = desk.state().tasks;
  assert.deepEqual([front?.answers, front?.comment], [{ better }, 'sure']);

  const none = deskBefore({});
  await none.desk.undo();
  assert.deepEqual(none.said, ['nothing']);
});

test('what was said of an item is there again on a new desk, until it is voted on', async () => {
  const kept = new Map<string, Draft>();
  const before = deskBefore({}, undefined, kept).desk;
  await before.refill();
  before.answer('better', better);
  before.comment('not sure');

  const { desk } = deskBefore({}, undefined, kept);
  await desk.refill();
  const [front] = desk.state().tasks;
  assert.deepEqual([front?.answers, front?.comment], [{ better }, 'not sure']);
  await desk.vote({ answers: { better } });
  assert.equal(kept.size, 0);
});
