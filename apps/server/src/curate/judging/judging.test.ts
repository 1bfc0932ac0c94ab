import assert from 'node:assert/strict';
import type { JudgingAnswers, JudgingTask } from '@attune/contracts';
import {
  better,
  type Call,
  pairRows,
  runningProject,
  testOnEachDatabase,
} from './testing/open-test-judging.ts';

/** The key of the good response as this judge sees it. */
function goodIn(task: JudgingTask | undefined): string {
  return task?.responses.find(({ text }) => text.startsWith('A good'))?.key ?? 'none';
}

async function nextTask(judge: Call, project: string): Promise<JudgingTask> {
  const { tasks } = await judge('nextToJudge', { query: { project } });
  const [task] = tasks;
  assert.ok(task !== undefined);
  return task;
}

/** Judges everything that is left, each item by `choose`. */
async function judgeAll(
  judge: Call,
  project: string,
  choose: (task: JudgingTask) => string,
): Promise<number> {
  for (let done = 0; ; done++) {
    const { tasks } = await judge('nextToJudge', { query: { project } });
    const [task] = tasks;
    if (task === undefined) return done;
    const answers = { better: { kind: 'pairwise' as const, choice: choose(task) } };
    await judge('judge', { params: { id: task.id }, body: { answers } });
  }
}

testOnEachDatabase('a judge sees nothing that tells who wrote what', async (judging) => {
  const { id } = await runningProject(judging, { items: 30 });
  const orders = new Set<string>();
  for (const member of [0, 1]) {
    const { tasks } = await judging.judge(member)('nextToJudge', { query: { project: id, count: 5 } });
    assert.equal(tasks.length, 5);
    for (const task of tasks) {
      assert.doesNotMatch(JSON.stringify(task), /model-|0\.9|r1/);
      assert.deepEqual(
        task.responses.map(({ key }) => key),
        ['A', 'B'],
      );
      orders.add(goodIn(task));
    }
  }
  assert.deepEqual([...orders].sort(), ['A', 'B']);
});

testOnEachDatabase('a vote is kept in the item’s own keys, with the order shown', async (judging) => {
  const { id } = await runningProject(judging, { items: 8, judges_per_item: 1, judges: 1 });
  await judgeAll(judging.judge(0), id, goodIn);
  const { items } = await judging.curator('listJudgingItems', { params: { id }, query: {} });
  for (const { id: item } of items) {
    const { judgements, responses } = await judging.curator('getJudgingItem', { params: { id: item } });
    assert.deepEqual(judgements[0]?.answers, { better: { kind: 'pairwise', choice: 'r1' } });
    assert.deepEqual(judgements[0]?.shown.toSorted(), ['r1', 'r2']);
    assert.equal(responses[0]?.model, 'model-good');
  }
  const { counts } = await judging.curator('getJudgingProject', { params: { id } });
  assert.deepEqual([counts.items, counts.done, counts.judgements, counts.missing], [8, 8, 8, 0]);
});

testOnEachDatabase('each item gets exactly its votes, never two of one person', async (judging) => {
  const { id } = await runningProject(judging, { items: 12, judges_per_item: 2, judges: 5 });
  const done = await Promise.all(
    [0, 1, 2, 3, 4].map((member) => judgeAll(judging.judge(member), id, goodIn)),
  );
  assert.equal(
    done.reduce((sum, one) => sum + one, 0),
    24,
  );
  const { items } = await judging.curator('listJudgingItems', { params: { id }, query: {} });
  assert.ok(items.every(({ votes }) => votes === 2));
  assert.ok(judging.changed.includes(judging.organization));
});

testOnEachDatabase('begun items come first, those whose judges disagree before all', async (judging) => {
  const { id } = await runningProject(judging, { items: 4, judges_per_item: 3, judges: 4 });
  const [first, second, third] = [judging.judge(0), judging.judge(1), judging.judge(2)];
  const { tasks } = await first('nextToJudge', { query: { project: id, count: 2 } });
  for (const task of tasks) {
    const answers = { better: { kind: 'pairwise' as const, choice: goodIn(task) } };
    await first('judge', { params: { id: task.id }, body: { answers } });
  }
  const again = await second('nextToJudge', { query: { project: id, count: 2 } });
  assert.deepEqual(again.tasks.map(({ query }) => query).sort(), tasks.map(({ query }) => query).sort());
  const [agreed, disputed] = again.tasks;
  assert.ok(agreed !== undefined && disputed !== undefined);
  const choices = [
    [agreed, goodIn(agreed)],
    [disputed, goodIn(disputed) === 'A' ? 'B' : 'A'],
  ] as const;
  for (const [task, choice] of choices) {
    await second('judge', {
      params: { id: task.id },
      body: { answers: { better: { kind: 'pairwise', choice } } },
    });
  }
  assert.equal((await nextTask(third, id)).query, disputed.query);
});

testOnEachDatabase('a reservation is renewed by asking, lost by silence', async (judging) => {
  const { id } = await runningProject(judging, { items: 1, judges_per_item: 1, judges: 2 });
  const [slow, quick] = [judging.judge(0), judging.judge(1)];
  const task = await nextTask(slow, id);
  assert.deepEqual((await quick('nextToJudge', { query: { project: id } })).tasks, []);
  judging.passTime(14 * 60_000);
  assert.equal((await nextTask(slow, id)).id, task.id);
  judging.passTime(14 * 60_000);
  assert.deepEqual((await quick('nextToJudge', { query: { project: id } })).tasks, []);
  judging.passTime(2 * 60_000);
  const taken = await nextTask(quick, id);
  const answers = { better: { kind: 'pairwise' as const, choice: 'tie' as const } };
  await assert.rejects(slow('judge', { params: { id: task.id }, body: { answers } }), {
    code: 'judging_reservation_lost',
  });
  assert.deepEqual(await quick('releaseJudging', { body: { project: id } }), { released: 1 });
  // Nobody took their place after all: the late vote counts.
  const { standing } = await slow('judge', { params: { id: task.id }, body: { answers } });
  assert.equal(standing.done, 1);
  await assert.rejects(quick('judge', { params: { id: taken.id }, body: { answers } }), {
    code: 'judging_reservation_lost',
  });
});

testOnEachDatabase('saying it again changes nothing; otherwise is refused', async (judging) => {
  const { id } = await runningProject(judging);
  const judge = judging.judge(0);
  const task = await nextTask(judge, id);
  const params = { id: task.id };
  const body = {
    answers: { better: { kind: 'pairwise' as const, choice: 'A', strength: 2 } },
    comment: 'Clear.',
  };
  const said = await judge('judge', { params, body });
  const again = await judge('judge', { params, body: { ...body, time_spent_ms: 5 } });
  assert.equal(again.standing.done, said.standing.done);
  await assert.rejects(
    judge('judge', { params, body: { answers: { better: { kind: 'pairwise', choice: 'B' } } } }),
    {
      code: 'judgement_final',
    },
  );
  await assert.rejects(judging.judge(1)('judge', { params, body }), { code: 'judgement_not_found' });
  await assert.rejects(judging.stranger('judge', { params, body }), { code: 'judgement_not_found' });
});

testOnEachDatabase('the last ten can be taken back, the item comes back as it was', async (judging) => {
  const { id } = await runningProject(judging, { items: 12, judges_per_item: 2 });
  const judge = judging.judge(0);
  const done = [];
  for (let n = 0; n < 11; n++) {
    const task = await nextTask(judge, id);
    done.push(task);
    const answers = { better: { kind: 'pairwise' as const, choice: goodIn(task) } };
    const skip = { reason: 'broken' as const };
    await judge('judge', { params: { id: task.id }, body: n === 10 ? { skip } : { answers } });
  }
  const recent = await judge('recentJudgements', { query: { project: id } });
  assert.deepEqual(
    recent.judgements.map((one) => one.id),
    done
      .map((task) => task.id)
      .toReversed()
      .slice(0, 10),
  );
  const [oldest, second, last] = [done[0], done[1], done[10]];
  assert.ok(oldest !== undefined && second !== undefined && last !== undefined);
  await assert.rejects(judge('undoJudgement', { params: { id: oldest.id } }), { code: 'judgement_final' });
  const undone = await judge('undoJudgement', { params: { id: second.id } });
  assert.deepEqual(undone.responses, second.responses);
  assert.deepEqual(undone.answers, { better: { kind: 'pairwise', choice: goodIn(second) } });
  assert.equal((await judge('undoJudgement', { params: { id: last.id } })).skip?.reason, 'broken');
  await assert.rejects(judge('undoJudgement', { params: { id: last.id } }), { code: 'judgement_not_found' });
  const { counts } = await judging.curator('getJudgingProject', { params: { id } });
  assert.deepEqual([counts.judgements, counts.skipped], [9, 0]);
  const { tasks } = await judge('nextToJudge', { query: { project: id, count: 2 } });
  assert.deepEqual(tasks.map((task) => task.id).sort(), [second.id, last.id].sort());
});

testOnEachDatabase('a skipped item goes to somebody else, and its skips are seen', async (judging) => {
  const { id } = await runningProject(judging, { items: 1, judges_per_item: 1, judges: 2 });
  const task = await nextTask(judging.judge(0), id);
  const skip = { reason: 'cannot_judge' as const, comment: 'Not my field.' };
  const { standing } = await judging.judge(0)('judge', { params: { id: task.id }, body: { skip } });
  assert.deepEqual([standing.done, standing.left, standing.waiting], [0, 0, 'nothing_left']);
  const skipped = await judging.curator('listJudgingItems', { params: { id }, query: { state: 'skipped' } });
  assert.equal(skipped.items[0]?.skips, 1);
  assert.equal(await judgeAll(judging.judge(1), id, goodIn), 1);
  await assert.rejects(judging.judge(0)('undoJudgement', { params: { id: task.id } }), {
    code: 'judging_reservation_lost',
  });
});

testOnEachDatabase('answers are held against their questions', async (judging) => {
  const { id } = await runningProject(judging, {
    questions: [
      { ...better, strength_levels: 2, allow_tie: false },
      {
        id: 'quality',
        kind: 'stars',
        title: 'Quality',
        dimensions: [{ key: 'clarity', title: 'Clarity' }],
      },
      {
        id: 'kind',
        kind: 'labels',
        title: 'Kind',
        options: [{ key: 'fact', title: 'Fact' }],
        required: false,
      },
      {
        id: 'errors',
        kind: 'spans',
        title: 'Errors',
        options: [{ key: 'wrong', title: 'Wrong' }],
        required: false,
      },
      { id: 'why', kind: 'text', title: 'Why', required: false, max_characters: 10 },
    ],
  });
  const judge = judging.judge(0);
  const task = await nextTask(judge, id);
  const stars = { kind: 'stars' as const, stars: { A: { clarity: 4 }, B: { clarity: 2 } } };
  const good = { better: { kind: 'pairwise' as const, choice: 'A' }, quality: stars };
  const faults: [JudgingAnswers, string][] = [
    [{ better: good.better }, 'answers.quality'],
    [{ ...good, better: { kind: 'pairwise' as const, choice: 'tie' as const } }, 'answers.better'],
    [{ ...good, better: { kind: 'pairwise' as const, choice: 'C' } }, 'answers.better'],
    [{ ...good, better: { kind: 'pairwise' as const, choice: 'A', strength: 3 } }, 'answers.better'],
    [{ ...good, quality: { kind: 'stars' as const, stars: { A: { clarity: 4 } } } }, 'answers.quality'],
    [
      { ...good, quality: { kind: 'stars' as const, stars: { ...stars.stars, B: { clarity: 6 } } } },
      'answers.quality',
    ],
    [{ ...good, kind: { kind: 'labels' as const, labels: ['opinion'] } }, 'answers.kind'],
    [{ ...good, why: { kind: 'text' as const, text: 'longer than ten' } }, 'answers.why'],
    [
      {
        ...good,
        errors: { kind: 'spans' as const, spans: [{ response: 'A', start: 2, end: 900, label: 'wrong' }] },
      },
      'answers.errors',
    ],
    [{ ...good, other: { kind: 'text' as const, text: '' } }, 'answers.other'],
    [{ ...good, better: { kind: 'text' as const, text: '' } }, 'answers.better'],
  ];
  for (const [answers, param] of faults) {
    await assert.rejects(
      judge('judge', { params: { id: task.id }, body: { answers } }),
      (error: { code?: string; details?: { param?: string }; message: string }) => {
        assert.equal(error.code, 'judging_answer_invalid');
        assert.equal(error.details?.param, param, error.message);
        return true;
      },
    );
  }
  await judge('judge', { params: { id: task.id }, body: { answers: good } });
});

testOnEachDatabase('training comes first and explains; control items are not told apart', async (judging) => {
  const { curator } = judging;
  const { id } = await runningProject(judging, {
    items: 30,
    judges: 1,
    judges_per_item: 1,
    training_round: 2,
    control_share: 0.3,
  });
  const known = (training: boolean, from: number, count: number) =>
    pairRows(count, from).map(({ line, data }) => ({
      line,
      data: {
        ...data,
        control: {
          answers: { better: { kind: 'pairwise', choice: 'r1' } },
          explanation: 'The other is bad.',
          training,
        },
      },
    }));
  for (const rows of [known(true, 100, 3), known(false, 200, 10)]) {
    await curator('addJudgingItems', { params: { id }, body: { from: 'rows', rows } });
  }
  const judge = judging.judge(0);
  for (const right of [true, false]) {
    const task = await nextTask(judge, id);
    assert.ok(task.training);
    const choice = right === (goodIn(task) === 'A') ? 'A' : 'B';
    const answers = { better: { kind: 'pairwise' as const, choice } };
    const { training } = await judge('judge', { params: { id: task.id }, body: { answers } });
    assert.deepEqual(training, {
      correct: right,
      answers: { better: { kind: 'pairwise', choice: goodIn(task) } },
      explanation: 'The other is bad.',
    });
    await assert.rejects(judge('undoJudgement', { params: { id: task.id } }), { code: 'judgement_final' });
  }
  const shapes = new Set<string>();
  const queries: string[] = [];
  const done = await judgeAll(judge, id, (task) => {
    shapes.add(Object.keys(task).join());
    assert.equal(task.training, false);
    queries.push(task.query);
    return goodIn(task);
  });
  assert.equal(done, 40);
  assert.equal(shapes.size, 1);
  const controls = queries.flatMap((query, at) => (/Question 2\d\d/.test(query) ? [at] : []));
  assert.equal(controls.length, 10);
  assert.ok(Math.max(...controls) - Math.min(...controls) > 9, 'mixed in, not in one block');
  const report = await curator('judgingAgreement', { params: { id } });
  assert.deepEqual([report.judges[0]?.control_accuracy.n, report.judges[0]?.judged], [10, 30]);
});

testOnEachDatabase('quota, pause and what is left are told', async (judging) => {
  const { curator } = judging;
  const { id } = await runningProject(judging, { items: 5, quota: 2 });
  const judge = judging.judge(0);
  assert.equal((await judge('judgingGuide', { params: { id } })).standing.left, 2);
  assert.equal(await judgeAll(judge, id, goodIn), 2);
  const { projects } = await judge('myJudging', {});
  assert.deepEqual(
    [projects[0]?.standing.done, projects[0]?.standing.left, projects[0]?.standing.waiting],
    [2, 0, 'quota_reached'],
  );
  const other = judging.judge(1);
  const task = await nextTask(other, id);
  await curator('updateJudgingProject', { params: { id }, body: { status: 'paused' } });
  const answers = { better: { kind: 'pairwise' as const, choice: 'A' } };
  await assert.rejects(other('judge', { params: { id: task.id }, body: { answers } }), {
    code: 'judging_not_running',
  });
  assert.equal((await other('nextToJudge', { query: { project: id } })).standing.waiting, 'not_running');
  await curator('updateJudgingProject', { params: { id }, body: { status: 'running', quota: null } });
  await other('judge', { params: { id: task.id }, body: { answers } });
});

testOnEachDatabase('who is no judge gets nothing; who is removed gives back', async (judging) => {
  const { curator, members } = judging;
  const { id } = await runningProject(judging, { items: 1, judges_per_item: 1, judges: 2 });
  await assert.rejects(judging.judge(5)('nextToJudge', { query: { project: id } }), { code: 'not_a_judge' });
  await assert.rejects(judging.stranger('nextToJudge', { query: { project: id } }), {
    code: 'judging_project_not_found',
  });
  const task = await nextTask(judging.judge(0), id);
  await curator('updateJudgingProject', { params: { id }, body: { judges: members.slice(1, 2) } });
  const answers = { better: { kind: 'pairwise' as const, choice: 'A' } };
  await assert.rejects(judging.judge(0)('judge', { params: { id: task.id }, body: { answers } }), {
    code: 'not_a_judge',
  });
  assert.equal(await judgeAll(judging.judge(1), id, goodIn), 1);
});

testOnEachDatabase('where the project says so, the outcome is seen after voting only', async (judging) => {
  const { id } = await runningProject(judging, { items: 1, judges_per_item: 2, reveal_after_vote: true });
  const [first, second] = [judging.judge(0), judging.judge(1)];
  const task = await nextTask(first, id);
  const theirs = await nextTask(second, id);
  assert.equal((await first('getJudgement', { params: { id: task.id } })).revealed, null);
  for (const [judge, { id: one, ...shown }] of [
    [first, task],
    [second, theirs],
  ] as const) {
    const answers = { better: { kind: 'pairwise' as const, choice: goodIn({ id: one, ...shown }) } };
    await judge('judge', { params: { id: one }, body: { answers } });
  }
  const { revealed } = await first('getJudgement', { params: { id: task.id } });
  assert.equal(revealed?.models[goodIn(task)], 'model-good');
  assert.deepEqual(revealed?.votes, [
    { answers: { better: { kind: 'pairwise', choice: goodIn(task) } }, comment: null },
  ]);
  await assert.rejects(first('undoJudgement', { params: { id: task.id } }), { code: 'judgement_final' });
  await second('undoJudgement', { params: { id: theirs.id } });
});
