import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgingAnswer } from '@attune/contracts';
import { newId } from '../../platform/ids.ts';
import { storeFeedback } from '../testing/stored-feedback.ts';
import {
  better,
  openTestJudging,
  pairRows,
  runningProject,
  type TestJudging,
  testOnEachDatabase,
} from './testing/open-test-judging.ts';

type Verdict = 'good' | 'bad' | 'tie' | 'both_bad';

/** Lets a member judge everything that is left for them, by the number in the query. */
async function judgeBy(
  judging: TestJudging,
  member: number,
  project: string,
  verdict: (question: number) => Verdict,
  strength = 3,
): Promise<void> {
  const judge = judging.judge(member);
  for (;;) {
    const { tasks } = await judge('nextToJudge', { query: { project, count: 5 } });
    if (tasks.length === 0) return;
    for (const { id, query, responses } of tasks) {
      const said = verdict(Number(/\d+/.exec(query)?.[0]));
      const key = responses.find(({ text }) => text.startsWith(`A ${said}`))?.key;
      const answer: JudgingAnswer =
        key === undefined ? { kind: 'pairwise', choice: said } : { kind: 'pairwise', choice: key, strength };
      await judge('judge', {
        params: { id },
        body: { answers: { better: answer }, time_spent_ms: 4000 },
      });
    }
  }
}

testOnEachDatabase('disagreements are listed, most first, and decided', async (judging) => {
  const { curator } = judging;
  const { id } = await runningProject(judging, { items: 6, judges_per_item: 2, judges: 2 });
  await judgeBy(judging, 0, id, () => 'good');
  await judgeBy(judging, 1, id, (n) => (n === 2 ? 'bad' : n === 4 ? 'tie' : 'good'));
  const params = { id };
  const first = await curator('listDisagreements', { params, query: { limit: 1 } });
  const second = await curator('listDisagreements', { params, query: { cursor: first.next_cursor ?? '' } });
  const listed = [...first.items, ...second.items];
  assert.deepEqual(
    listed.map(({ query, disagreement }) => [query, disagreement]),
    [
      ['Question 2?', 1],
      ['Question 4?', 0.5],
    ],
  );
  assert.deepEqual(
    listed[0]?.judgements.map(({ name }) => name),
    ['Judge 0', 'Judge 1'],
  );
  const item = { id: listed[0]?.id ?? '' };
  const decide = (choice: string) => ({
    params: item,
    body: { answers: { better: { kind: 'pairwise' as const, choice } }, note: 'The source says so.' },
  });
  await assert.rejects(curator('adjudicate', decide('A')), { code: 'judging_answer_invalid' });
  await assert.rejects(judging.stranger('adjudicate', decide('r2')), { code: 'judging_item_not_found' });
  const decided = await curator('adjudicate', decide('r2'));
  assert.equal(decided.adjudication?.note, 'The source says so.');
  const rest = await curator('listDisagreements', { params, query: {} });
  assert.deepEqual(
    rest.items.map(({ query }) => query),
    ['Question 4?'],
  );
  const done = await curator('listDisagreements', { params, query: { adjudicated: 'true' } });
  assert.equal(done.items[0]?.id, item.id);
  await assert.rejects(curator('listDisagreements', { params, query: { cursor: 'WzEsMl0' } }), {
    code: 'invalid_cursor',
  });
});

testOnEachDatabase('a curator who judges sees the votes of others once they have judged', async (judging) => {
  const { curator } = judging;
  const { id } = await runningProject(judging, { items: 2, judges_per_item: 3, judges: 4 });
  await judgeBy(judging, 0, id, () => 'good');
  await judgeBy(judging, 1, id, () => 'bad');
  const { items } = await curator('listJudgingItems', { params: { id }, query: {} });
  const item = { id: items.find(({ query }) => query === 'Question 0?')?.id ?? '' };
  const seenBy = async (call: typeof curator) => {
    const one = await call('getJudgingItem', { params: item });
    const { items: all } = await call('listDisagreements', { params: { id }, query: {} });
    const listed = all.find((other) => other.id === item.id);
    assert.deepEqual([listed?.judgements, listed?.votes_hidden], [one.judgements, one.votes_hidden]);
    return one.votes_hidden ? 'hidden' : one.judgements.length;
  };
  assert.equal(await seenBy(curator), 2);
  assert.equal(await seenBy(judging.judge(2)), 'hidden');
  assert.equal(await seenBy(judging.judge(3)), 'hidden');

  const judge = judging.judge(2);
  const [task] = (await judge('nextToJudge', { query: { project: id, count: 1 } })).tasks;
  const mine = { id: task?.id ?? '' };
  assert.equal(task?.query, 'Question 0?');
  await judge('judge', { params: mine, body: { answers: { better: { kind: 'pairwise', choice: 'tie' } } } });
  // Until they look, they can think again; afterwards nobody judges anew what they know the others said.
  await judge('undoJudgement', { params: mine });
  assert.equal(await seenBy(judge), 'hidden');
  await judge('judge', { params: mine, body: { answers: { better: { kind: 'pairwise', choice: 'tie' } } } });
  assert.equal(await seenBy(judge), 3);
  await assert.rejects(judge('undoJudgement', { params: mine }), { code: 'judgement_final' });
  // The item is complete: who was not asked is asked no more, and may decide it.
  assert.equal(await seenBy(judging.judge(3)), 3);
});

testOnEachDatabase(
  'whoever looks at the pairs of votes judges nothing anew that they show',
  async (judging) => {
    const { id } = await runningProject(judging, { items: 1, judges_per_item: 2, judges: 2 });
    const judge = judging.judge(1);
    const params = { id };
    const preview = () => judge('pairsFromJudging', { params, body: { preview: true } });
    const reasons = async () => (await preview()).left_out.map(({ reason }) => reason);
    const vote = async () => {
      const [task] = (await judge('nextToJudge', { query: { project: id } })).tasks;
      const mine = { id: task?.id ?? '' };
      const key = task?.responses.find(({ text }) => text.startsWith('A good'))?.key ?? '';
      await judge('judge', {
        params: mine,
        body: { answers: { better: { kind: 'pairwise', choice: key } } },
      });
      return mine;
    };
    await judgeBy(judging, 0, id, () => 'good');
    assert.deepEqual(await reasons(), ['unfinished']);
    // A look that shows nothing of it leaves them free to think again.
    const mine = await vote();
    await judge('undoJudgement', { params: mine });
    assert.deepEqual(await reasons(), ['unfinished']);
    assert.deepEqual(await vote(), mine);
    assert.equal((await preview()).count, 1);
    await assert.rejects(judge('undoJudgement', { params: mine }), { code: 'judgement_final' });
  },
);

testOnEachDatabase('an adjudicated item is given to nobody any more', async (judging) => {
  const { id } = await runningProject(judging, { items: 1, judges_per_item: 2, judges: 2 });
  const { items } = await judging.curator('listJudgingItems', { params: { id }, query: {} });
  const answers = { better: { kind: 'pairwise' as const, choice: 'r1' } };
  await judging.curator('adjudicate', { params: { id: items[0]?.id ?? '' }, body: { answers } });
  const { tasks, standing } = await judging.judge(0)('nextToJudge', { query: { project: id } });
  assert.deepEqual([tasks, standing.waiting], [[], 'nothing_left']);
});

testOnEachDatabase('votes become pairs once, and what does not is said', async (judging) => {
  const { curator, db, organization } = judging;
  const { id } = await runningProject(judging, { items: 7, judges_per_item: 2, judges: 3 });
  await judgeBy(judging, 0, id, (n) => (n === 3 ? 'both_bad' : n === 4 ? 'tie' : 'good'));
  await judgeBy(
    judging,
    1,
    id,
    (n) => (n === 2 ? 'bad' : n === 3 ? 'both_bad' : n === 4 ? 'tie' : 'good'),
    1,
  );
  const { items } = await curator('listJudgingItems', { params: { id }, query: {} });
  const disputed = items.find(({ query }) => query === 'Question 2?');
  await curator('addJudgingItems', { params: { id }, body: { from: 'rows', rows: pairRows(1, 50) } });

  const preview = await curator('pairsFromJudging', { params: { id }, body: { preview: true } });
  assert.deepEqual([preview.created, preview.count], [0, 5]);
  assert.deepEqual(preview.left_out.map(({ reason, count }) => [reason, count]).sort(), [
    ['both_bad', 1],
    ['tie', 1],
    ['unfinished', 1],
  ]);
  const pair = preview.pairs.find(({ query }) => query === 'Question 0?');
  assert.match(pair?.chosen_response ?? '', /^A good/);
  // Full strength of one judge and a third of the other's; where they differ, the clearer one leads.
  assert.ok(Math.abs((pair?.preference_strength ?? 0) - 2 / 3) < 1e-12);
  const unsure = preview.pairs.find(({ item_id }) => item_id === disputed?.id);
  assert.ok(Math.abs((unsure?.preference_strength ?? 0) - 1 / 3) < 1e-12);

  const answers = { better: { kind: 'pairwise' as const, choice: 'r2', strength: 3 } };
  await curator('adjudicate', { params: { id: disputed?.id ?? '' }, body: { answers } });
  assert.equal((await curator('pairsFromJudging', { params: { id }, body: {} })).created, 5);
  const again = await curator('pairsFromJudging', { params: { id }, body: {} });
  assert.deepEqual(
    [again.created, again.left_out.find(({ reason }) => reason === 'already_there')?.count],
    [0, 5],
  );
  const stored = await db
    .selectFrom('preference_pairs')
    .selectAll()
    .where('organization', '=', organization)
    .execute();
  assert.equal(stored.length, 5);
  const decided = stored.find(({ judging_item_id }) => judging_item_id === disputed?.id);
  assert.deepEqual([decided?.method, decided?.preference_strength], ['judged', 1]);
  assert.match(decided?.chosen_response ?? '', /^A bad/);
  const strong = await curator('pairsFromJudging', {
    params: { id },
    body: { preview: true, minimum_strength: 0.9 },
  });
  assert.equal(strong.count, 1);
});

test('which response an item names first changes no figure', async () => {
  const judging = await openTestJudging('pglite');
  const { curator } = judging;
  const verdicts = [(n: number) => n % 10 === 0, (n: number) => n % 9 === 0, (n: number) => n % 7 === 0];
  const judged = async (turned: (line: number) => boolean) => {
    const rows = pairRows(30).map(({ line, data }) => ({
      line,
      data: { ...data, responses: turned(line) ? data.responses.toReversed() : data.responses },
    }));
    const { id } = await runningProject(judging, { rows, judges_per_item: 3, judges: 3 });
    for (const [member, isBad] of verdicts.entries()) {
      await judgeBy(judging, member, id, (n) => (isBad(n) ? 'bad' : 'good'));
    }
    const params = { id };
    const { questions, judges, judge_pairs } = await curator('judgingAgreement', { params });
    const { pairs } = await curator('pairsFromJudging', {
      params,
      body: { by: 'dawid_skene', preview: true },
    });
    return {
      alpha: [questions[0]?.alpha.nominal, questions[0]?.alpha.interval].map(
        (one) => one?.value ?? Number.NaN,
      ),
      kappa: judge_pairs.map(({ kappa }) => kappa.value ?? Number.NaN),
      reliability: judges.map(({ reliability }) => reliability.value ?? Number.NaN),
      counts: [questions[0]?.alpha.nominal, judge_pairs[0]?.kappa, judges[0]?.reliability].map((one) => [
        one?.n,
        one?.ratings,
      ]),
      pairs: pairs.map(({ chosen_response }) => chosen_response),
    };
  };
  const [asFiled, mixed] = [await judged(() => false), await judged((line) => line % 2 === 0)];
  const alike = (a: readonly number[], b: readonly number[]) =>
    assert.ok(
      a.length > 0 && a.every((value, at) => Math.abs(value - (b[at] ?? Number.NaN)) < 1e-9),
      `${a} ${b}`,
    );
  alike(asFiled.alpha, mixed.alpha);
  alike(asFiled.kappa, mixed.kappa);
  alike(asFiled.reliability, mixed.reliability);
  assert.deepEqual(asFiled.pairs, mixed.pairs);
  assert.deepEqual(asFiled.counts, [
    [30, 90],
    [30, 60],
    [30, 30],
  ]);
  // Three judges who mostly prefer the same text agree far beyond chance, although they nearly always say "the first".
  assert.ok((asFiled.alpha[0] ?? 0) > 0.4, `${asFiled.alpha}`);
});

testOnEachDatabase('by reliability, two good judges outvote two who guess', async (judging) => {
  const { id } = await runningProject(judging, { items: 40, judges_per_item: 4, judges: 4 });
  for (const member of [0, 1]) await judgeBy(judging, member, id, (n) => (n % 2 === 0 ? 'good' : 'bad'));
  await judgeBy(judging, 2, id, (n) => (n % 4 < 2 ? 'good' : 'bad'));
  await judgeBy(judging, 3, id, (n) => (n % 8 < 4 ? 'bad' : 'good'));
  const pairs = async (by: 'majority' | 'dawid_skene') =>
    await judging.curator('pairsFromJudging', { params: { id }, body: { preview: true, by } });
  const plain = await pairs('majority');
  assert.deepEqual([plain.count < 40, plain.left_out[0]?.reason], [true, 'raters_disagree']);
  const weighed = await pairs('dawid_skene');
  assert.equal(weighed.count, 40);
  for (const { query, chosen_response } of weighed.pairs) {
    assert.match(chosen_response, Number(/\d+/.exec(query)?.[0]) % 2 === 0 ? /^A good/ : /^A bad/);
  }
});

testOnEachDatabase('the report says how far judges agree, and on how little it rests', async (judging) => {
  const { curator } = judging;
  const { id } = await runningProject(judging, { items: 30, judges_per_item: 3, judges: 3 });
  const empty = await curator('judgingAgreement', { params: { id } });
  assert.deepEqual([empty.judgements, empty.judges, empty.questions[0]?.percent.enough], [0, [], false]);
  await judgeBy(judging, 0, id, (n) => (n % 2 === 0 ? 'good' : 'bad'));
  await judgeBy(judging, 1, id, (n) => (n % 2 === 0 ? 'good' : 'bad'), 1);
  await judgeBy(judging, 2, id, (n) => (n % 3 === 0 ? 'good' : 'bad'));
  const report = await curator('judgingAgreement', { params: { id } });
  const [question] = report.questions;
  assert.deepEqual([report.items, report.judgements, question?.question], [30, 90, 'better']);
  const { nominal, ordinal, interval } = question?.alpha ?? {};
  assert.ok(nominal?.value != null && ordinal?.value != null && interval?.value != null);
  assert.deepEqual([nominal.n, nominal.ratings], [30, 90]);
  assert.ok((nominal.ci[0] ?? 1) < nominal.value && nominal.value < (nominal.ci[1] ?? 0));
  const sure = report.judge_pairs.find(({ kappa }) => kappa.value === 1);
  assert.deepEqual(
    [sure?.first, sure?.second].sort(),
    judging.members
      .slice(0, 2)
      .map((m) => `member:${m}`)
      .sort(),
  );
  const reliability = report.judges.map((judge) => judge.reliability.value ?? 0);
  assert.ok((reliability[2] ?? 1) < Math.min(reliability[0] ?? 0, reliability[1] ?? 0));
  const [first, , third] = report.judges.map(({ alpha }) => alpha);
  assert.deepEqual([third?.n, third?.ratings], [30, 60]);
  assert.ok((third?.ci[0] ?? 1) < (third?.value ?? 1) && (third?.value ?? 1) < (first?.value ?? 0));
  assert.equal(report.judges[0]?.median_seconds, 4);
  assert.equal(report.weeks.length, 1);
  assert.match(report.weeks[0]?.week ?? '', /^\d{4}-\d\d-\d\d$/);
  const again = await curator('judgingAgreement', { params: { id } });
  assert.deepEqual({ ...again, at: report.at }, report, 'the same votes give the same report');
});

testOnEachDatabase('items come from rows, pairs, logged answers and feedback, each once', async (judging) => {
  const { curator, db, organization, logged } = judging;
  const { id } = await curator('createJudgingProject', { body: { name: 'Sources', questions: [better] } });
  const params = { id };
  const rows = [
    ...pairRows(2),
    { line: 3, data: { query: '', responses: [] } },
    { line: 4, data: { query: 'One answer?', responses: [{ text: 'Only this.' }] } },
    { line: 5, data: { query: 'Same?', responses: [{ text: 'Same.' }, { text: ' Same. ' }] } },
    {
      line: 6,
      data: {
        ...pairRows(1, 9)[0]?.data,
        control: { answers: { better: { kind: 'pairwise', choice: 'r3' } } },
      },
    },
  ];
  const preview = await curator('addJudgingItems', { params, body: { from: 'rows', rows, preview: true } });
  const added = await curator('addJudgingItems', { params, body: { from: 'rows', rows } });
  assert.deepEqual(preview, added);
  assert.equal(added.added, 2);
  assert.deepEqual(added.left_out.map(({ reason }) => reason).sort(), ['not_two_responses', 'same_text']);
  assert.deepEqual(
    added.errors.map(({ line, param }) => [line, param]),
    [
      [3, 'query'],
      [6, 'control.answers.better'],
    ],
  );
  const again = await curator('addJudgingItems', { params, body: { from: 'rows', rows: pairRows(3) } });
  assert.deepEqual([again.added, again.already_there], [1, 2]);

  const pair = {
    query: 'Pair?',
    chosen_response: 'Yes.',
    rejected_response: 'No.',
    preference_strength: 1,
  };
  await db
    .insertInto('preference_pairs')
    .values({
      ...pair,
      id: newId(),
      organization,
      dataset_id: null,
      annotator_email: null,
      annotation_notes: null,
      method: 'manual',
      source_feedback_ids: [],
      import_key: null,
    })
    .execute();
  assert.equal((await curator('addJudgingItems', { params, body: { from: 'pairs' } })).added, 1);
  await assert.rejects(curator('addJudgingItems', { params, body: { from: 'pairs', dataset_id: newId() } }), {
    code: 'dataset_not_found',
  });
  logged.push({
    responseId: newId(),
    query: 'Logged?',
    context: '**user:** Hello',
    candidates: [0.4, 0.9, 0.1].map((score) => ({ text: `Scored ${score}.`, model: 'm', score })),
  });
  assert.equal((await curator('addJudgingItems', { params, body: { from: 'answers' } })).added, 1);
  await storeFeedback(db, organization, [
    { query: 'Fed back?', response: 'So.', correction: 'Thus.' },
    { query: 'Alone?', response: 'Single.' },
  ]);
  const fed = await curator('addJudgingItems', { params, body: { from: 'feedback' } });
  assert.deepEqual([fed.added, fed.left_out[0]?.reason], [1, 'not_two_responses']);

  const { items } = await curator('listJudgingItems', { params, query: { limit: 3 } });
  assert.deepEqual(
    items.map(({ query, source, responses }) => [query, source.kind, responses.map(({ text }) => text)]),
    [
      ['Fed back?', 'feedback', ['So.', 'Thus.']],
      ['Logged?', 'answer', ['Scored 0.9.', 'Scored 0.1.']],
      ['Pair?', 'pair', ['Yes.', 'No.']],
    ],
  );
  await curator('deleteJudgingItem', { params: { id: items[0]?.id ?? '' } });
  await assert.rejects(curator('getJudgingItem', { params: { id: items[0]?.id ?? '' } }), {
    code: 'judging_item_not_found',
  });
});

testOnEachDatabase('members who may judge are listed by name', async ({ curator, stranger, members, db }) => {
  await db
    .updateTable('members')
    .set({ role: 'viewer' })
    .where('id', '=', members[9] ?? '')
    .execute();
  await db
    .updateTable('members')
    .set({ name: '' })
    .where('id', '=', members[0] ?? '')
    .execute();
  const { judges } = await curator('possibleJudges', {});
  assert.deepEqual(
    judges.map(({ id, name }) => [id, name]),
    members.slice(0, 9).map((id, n) => [id, n === 0 ? 'judge0@example.com' : `Judge ${n}`]),
  );
  assert.deepEqual((await stranger('possibleJudges', {})).judges, []);
});

testOnEachDatabase('a project runs when it can, and then its questions stay', async (judging) => {
  const { curator, members, stranger } = judging;
  const { id, status } = await curator('createJudgingProject', {
    body: { name: 'Rules', questions: [better] },
  });
  assert.equal(status, 'draft');
  const params = { id };
  const run = () => curator('updateJudgingProject', { params, body: { status: 'running' } });
  await assert.rejects(run(), { code: 'judging_not_ready', message: /no items/ });
  await curator('addJudgingItems', { params, body: { from: 'rows', rows: pairRows(2) } });
  await assert.rejects(run(), {
    code: 'judging_not_ready',
    message: /needs 2 judges, but the project has 0/,
  });
  await assert.rejects(curator('updateJudgingProject', { params, body: { judges: [newId()] } }), {
    code: 'member_not_found',
  });
  await curator('updateJudgingProject', {
    params,
    body: { judges: members.slice(0, 3), judges_per_item: 1 },
  });
  await assert.rejects(curator('updateJudgingProject', { params, body: { status: 'closed' } }), {
    code: 'judging_not_ready',
  });
  assert.equal((await run()).status, 'running');
  for (const body of [{ questions: [{ ...better, title: 'Other' }] }, { judges_per_item: 0 }]) {
    await assert.rejects(curator('updateJudgingProject', { params, body }), {
      code: 'questions' in body ? 'judging_project_fixed' : 'invalid_request',
    });
  }
  const raised = await curator('updateJudgingProject', {
    params,
    body: { judges_per_item: 3, guidelines: '# New' },
  });
  assert.equal(raised.counts.missing, 6);
  await assert.rejects(curator('updateJudgingProject', { params, body: { judges_per_item: 2 } }), {
    code: 'judging_project_fixed',
  });
  await assert.rejects(curator('deleteJudgingProject', { params }), { code: 'judging_project_fixed' });
  await assert.rejects(stranger('getJudgingProject', { params }), { code: 'judging_project_not_found' });
  await assert.rejects(stranger('updateJudgingProject', { params, body: { name: 'Mine' } }), {
    code: 'judging_project_not_found',
  });
  assert.deepEqual((await stranger('listJudgingProjects', { query: {} })).items, []);
  const draft = await curator('createJudgingProject', { body: { name: 'Draft', questions: [better] } });
  const page = await curator('listJudgingProjects', { query: { limit: 1 } });
  assert.equal(page.items[0]?.id, draft.id);
  await curator('deleteJudgingProject', { params: { id: draft.id } });
  const rest = await curator('listJudgingProjects', { query: {} });
  assert.deepEqual(
    rest.items.map((project) => project.id),
    [id],
  );
});

test('rankings, stars, labels and spans are compared and make pairs', async () => {
  const judging = await openTestJudging('pglite');
  const { curator, members } = judging;
  const options = [
    { key: 'fact', title: 'Fact' },
    { key: 'tone', title: 'Tone' },
  ];
  const { id } = await curator('createJudgingProject', {
    body: {
      name: 'Many kinds',
      judges: members.slice(0, 2),
      questions: [
        { id: 'order', kind: 'ranking', title: 'Order' },
        { id: 'stars', kind: 'stars', title: 'Stars', dimensions: [{ key: 'clarity', title: 'Clarity' }] },
        { id: 'about', kind: 'labels', title: 'About', options, multiple: true },
        { id: 'errors', kind: 'spans', title: 'Errors', options },
        { id: 'why', kind: 'text', title: 'Why', required: false },
      ],
    },
  });
  const rows = Array.from({ length: 12 }, (_, n) => ({
    line: n + 1,
    data: {
      query: `${n}?`,
      responses: ['one', 'two', 'three'].map((word) => ({ text: `${word} of ${n} words` })),
    },
  }));
  await curator('addJudgingItems', { params: { id }, body: { from: 'rows', rows } });
  await curator('updateJudgingProject', { params: { id }, body: { status: 'running' } });
  for (const member of [0, 1]) {
    const judge = judging.judge(member);
    for (let n = 0; n < 12; n++) {
      const { tasks } = await judge('nextToJudge', { query: { project: id } });
      const [task] = tasks;
      assert.ok(task !== undefined);
      const keyOf = (word: string) => task.responses.find(({ text }) => text.startsWith(word))?.key ?? '';
      const [one, two, three] = [keyOf('one'), keyOf('two'), keyOf('three')];
      const odd = Number.parseInt(task.query, 10) % 2 === 1;
      const other = member === 1 && odd;
      await judge('judge', {
        params: { id: task.id },
        body: {
          answers: {
            order: { kind: 'ranking', places: other ? [[one], [two, three]] : [[one], [two], [three]] },
            stars: {
              kind: 'stars',
              stars: { [one]: { clarity: 5 }, [two]: { clarity: other ? 1 : 4 }, [three]: { clarity: 2 } },
            },
            about: { kind: 'labels', labels: odd ? ['fact', 'tone'] : ['fact'] },
            errors: {
              kind: 'spans',
              spans: [{ response: three, start: 0, end: 5, label: other ? 'tone' : 'fact' }],
            },
          },
        },
      });
    }
  }
  const report = await curator('judgingAgreement', { params: { id } });
  const by = new Map(report.questions.map((question) => [question.dimension ?? question.question, question]));
  assert.deepEqual([...by.keys()], ['order', 'clarity', 'about', 'errors']);
  assert.equal(by.get('about')?.alpha.nominal.value, 1);
  assert.equal(by.get('about')?.alpha.ordinal, null);
  assert.deepEqual([by.get('clarity')?.percent.n, by.get('clarity')?.percent.ratings], [12, 72]);
  // Six of the 36 responses got other stars.
  assert.ok(Math.abs((by.get('clarity')?.percent.value ?? 0) - 30 / 36) < 1e-12);
  // Of 144 words, one in each odd item is marked otherwise.
  assert.ok(Math.abs((by.get('errors')?.percent.value ?? 0) - (144 - 6) / 144) < 1e-12);
  const { pairs, count } = await curator('pairsFromJudging', { params: { id }, body: { preview: true } });
  assert.equal(count, 36);
  assert.deepEqual([...new Set(pairs.map((pair) => pair.preference_strength))].sort(), [0.5, 1]);
});
