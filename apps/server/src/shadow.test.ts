import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { AttuneError, type Candidate } from '@attune/contracts';
import { labelsOfAnswers } from './collect/store/answer-labels.ts';
import type { DatabaseKind } from './platform/db/test-database.ts';
import { formatUuidV7, newId } from './platform/ids.ts';
import { answersById, countSample, sampledAnswers } from './serve/shadow-sample.ts';
import type { RivalAnswers } from './ship/gates/gate-needs.ts';
import { ShadowClock } from './ship/shadow/shadow-clock.ts';
import { testOnEachDatabase } from './ship/testing/each-database.ts';
import { openTestShip, type TestShip } from './ship/testing/open-test-ship.ts';

const LIVE = 'live@1.0.0';
const project = '01940000-0000-7000-8000-00000000000b';

/** Scores by what the text says: `(0.7)` is 0.7 to the shadow. */
const says = (text: string) => Number(text.match(/\((.*)\)/)?.[1] ?? 'NaN');

/** A model to shadow with, on answers and feedback as serve and collect keep them; its clock ticks by hand. */
async function open(t: TestContext, kind: DatabaseKind) {
  const test = await openTestShip(t, kind);
  await test.ship.stop();
  const { sql } = test.platform.database;
  const lanes = new Set<string>();
  const asked: string[] = [];
  test.shadows.answers = {
    count: (sample) => countSample(sql, sample),
    drawn: (sample, wish) => sampledAnswers(sql, sample, wish),
    byId: (organization, ids) => answersById(sql, organization, ids),
  };
  test.shadows.labels = (organization, ids) => labelsOfAnswers(sql, organization, ids);
  test.shadows.score = async (_, { query }, texts, lane) => {
    lanes.add(lane);
    asked.push(query);
    return texts.map((text) => ({ reward: says(text) }));
  };
  const model = await test.register();
  const params = { params: { id: model } };
  const clockOf = (replica: TestShip) => new ShadowClock(replica.platform, test.shadows);
  const clock = clockOf(test);
  const look = async (seconds = 60) => {
    test.clock.pass(seconds);
    await clock.tick();
    const { shadow } = await test.call('getShadow', params);
    return shadow ?? assert.fail('no shadow');
  };
  const start = (body: object = {}) => test.call('startShadow', { ...params, body: { share: 1, ...body } });
  return { test, model, params, look, start, lanes, asked, clockOf };
}

const candidate = (id: string, text: string, reward: number): Candidate => ({
  id,
  text,
  generation_method: 'recorded',
  reward_score: reward,
  failed_checks: [],
  propensity: 1,
  latency_ms: 1,
  tokens: null,
  finish_reason: 'stop',
  merged: [],
});

let made = 0;

/** An answer that was delivered now: the first of two, which the shadow and the model in traffic give these rewards. */
async function deliver(
  { platform, clock, organization }: TestShip,
  query: string,
  [first, second]: readonly [shadow: number, shadow: number] = [0.9, 0.1],
  over: { rewardModel?: string; importKey?: string; earlier?: string } = {},
): Promise<string> {
  const response_id = formatUuidV7(clock.now().getTime(), made % 4096, BigInt(++made));
  const texts = [`first (${first})`, `second (${second})`] as const;
  await platform.database.sql
    .insertInto('conversation_logs')
    .values({
      response_id,
      organization,
      timestamp: clock.now(),
      query,
      context: JSON.stringify(
        [...(over.earlier === undefined ? [] : [over.earlier]), query].map((content) => ({
          role: 'user',
          content,
        })),
      ),
      selected_response: texts[0],
      reward_score: 0.6,
      all_candidates: JSON.stringify([candidate('1', texts[0], 0.6), candidate('2', texts[1], 0.3)]),
      policy: 'recorded',
      reward_model: over.rewardModel ?? LIVE,
      selection: 'best',
      status: 'delivered',
      timings: '{}',
      import_key: over.importKey ?? null,
    })
    .execute();
  return response_id;
}

/** What somebody said of an answer. */
async function react({ platform, organization }: TestShip, response_id: string, said: object) {
  await platform.database.sql
    .insertInto('rlhf_feedback')
    .values({
      organization,
      response_id,
      person: newId(),
      query: 'q',
      query_key: 'q',
      response: 'r',
      feedback_type: 'rating',
      feedback_value: '{}',
      rating_overall: null,
      rating_dimensions: '{}',
      reaction_type: null,
      context: '{}',
      source: 'user',
      ...said,
    })
    .execute();
}

async function actions({ platform, organization }: TestShip): Promise<string[]> {
  const rows = await platform.database.sql
    .selectFrom('audit_log')
    .select('action')
    .where('organization', '=', organization)
    .where('action', 'like', 'shadow.%')
    .orderBy('position')
    .execute();
  return rows.map(({ action }) => action);
}

await testOnEachDatabase(
  'a shadow scores what is delivered after it began, each answer once',
  async (t, kind) => {
    const { test, model, params, look, start, lanes, asked } = await open(t, kind);
    assert.deepEqual(await test.call('getShadow', params), { shadow: null });
    await deliver(test, 'Before?');
    test.clock.pass(1);
    const begun = await start();
    assert.deepEqual([begun.status, begun.scored, begun.max_answers], ['running', 0, 2000]);
    await deliver(test, 'Same?', [0.9, 0.1]);
    await deliver(test, 'Other?', [0.2, 0.7]);
    await deliver(test, 'Own?', [0.9, 0.1], { rewardModel: model });
    await deliver(test, 'Imported?', [0.9, 0.1], { importKey: newId() });
    const first = await look();
    assert.deepEqual([first.scored, first.dropped, first.failed], [2, 0, 0]);
    await deliver(test, 'Later?', [0.5, 0.5]);
    const { scored, report } = await look();
    assert.deepEqual([scored, asked, [...lanes]], [3, ['Same?', 'Other?', 'Later?'], ['bulk']]);
    assert.deepEqual([report.agreement.value, report.agreement.n], [2 / 3, 3]);
    assert.deepEqual([report.by_chance, report.disagreements], [0.5, 1]);
    assert.deepEqual(report.against, [{ model_id: LIVE, answers: 3 }]);
    assert.deepEqual(report.histograms.live, [0, 0, 0, 0, 0, 0, 3, 0, 0, 0]);
    assert.deepEqual(report.histograms.shadow, [0, 0, 1, 0, 0, 1, 0, 0, 0, 1]);
    const stopped = await test.call('stopShadow', params);
    assert.deepEqual([stopped.status, stopped.reason, stopped.scored], ['stopped', 'by_hand', 3]);
    await deliver(test, 'After?');
    assert.equal((await look()).scored, 3);
    assert.deepEqual(await actions(test), ['shadow.started', 'shadow.ended']);
  },
);

await testOnEachDatabase(
  'replicas share the work of a shadow: no answer is scored twice',
  async (t, kind) => {
    const { test, params, start, asked, clockOf } = await open(t, kind);
    const second = await test.another();
    await second.ship.stop();
    const clocks = [test, second, test, second].map(clockOf);
    await start({ answers_per_hour: 36_000 });
    for (let k = 0; k < 50; k++) await deliver(test, `Question ${k}?`);
    for (let round = 0; round < 6; round++) {
      test.clock.pass(40);
      await Promise.all(clocks.map((clock) => clock.tick()));
    }
    assert.deepEqual([asked.length, new Set(asked).size], [50, 50]);
    assert.equal((await test.call('getShadow', params)).shadow?.scored, 50);
  },
);

await testOnEachDatabase(
  'a replica that dies holds a shadow up for a minute, and loses nothing',
  async (t, kind) => {
    const { test, look, start, clockOf, asked } = await open(t, kind);
    await start();
    await deliver(test, 'First?');
    const score = test.shadows.score;
    const { promise: never } = Promise.withResolvers<never>();
    const begun = Promise.withResolvers<void>();
    test.shadows.score = () => {
      begun.resolve();
      return never;
    };
    void clockOf(test).tick();
    await begun.promise;
    test.shadows.score = score;
    assert.equal((await look(30)).scored, 0, 'the claim of the dead one still holds');
    assert.equal((await look(31)).scored, 1);
    assert.deepEqual(asked, ['First?']);
  },
);

await testOnEachDatabase('what a shadow does not come to in time it drops, and says so', async (t, kind) => {
  const { test, look, start } = await open(t, kind);
  await start({ answers_per_hour: 60 });
  for (let k = 0; k < 10; k++) await deliver(test, `Question ${k}?`);
  assert.deepEqual([(await look(1)).scored, (await look(30)).scored], [1, 1], 'one a minute');
  assert.equal((await look(60)).scored, 2);
  const late = await look(300);
  assert.deepEqual([late.scored, late.dropped], [2, 8]);
  await deliver(test, 'Fresh?');
  const now = await look(10);
  assert.deepEqual([now.scored, now.dropped], [3, 8], 'it goes on with what is fresh');
});

await testOnEachDatabase(
  'busy threads are left to those who wait; what cannot be scored is counted',
  async (t, kind) => {
    const { test, look, start } = await open(t, kind);
    await start();
    await deliver(test, 'Busy?');
    const { score } = test.shadows;
    test.shadows.score = async () => {
      throw new AttuneError('overloaded');
    };
    const busy = await look();
    assert.deepEqual([busy.scored, busy.failed], [0, 0]);
    test.shadows.score = async () => {
      throw new AttuneError('scoring_unavailable');
    };
    assert.equal((await look()).failed, 1);
    test.shadows.score = score;
    await deliver(test, 'Fine?');
    const { scored, failed, report } = await look();
    assert.deepEqual([scored, failed, report.agreement.n], [1, 1, 1]);
  },
);

await testOnEachDatabase(
  'a shadow ends with enough answers, with its time, or with its model',
  async (t, kind) => {
    const { test, model, params, look, start } = await open(t, kind);
    await start({ max_answers: 2 });
    for (let k = 0; k < 3; k++) await deliver(test, `Question ${k}?`);
    assert.equal((await look()).scored, 2);
    const full = await look();
    assert.deepEqual([full.status, full.reason, full.scored], ['completed', 'enough_answers', 2]);

    const until = new Date(test.clock.now().getTime() + 120_000).toISOString();
    await start({ until });
    assert.equal((await look()).status, 'running');
    assert.equal((await look()).reason, 'time_over');
    await assert.rejects(start({ until }), { code: 'invalid_request' });

    await start();
    await test.call('archiveModel', { params: { id: model } });
    assert.equal((await look()).reason, 'model_archived');
    await assert.rejects(start(), { code: 'model_not_deployable', message: /archived/ });
    const stopped = await test.call('stopShadow', params);
    assert.equal(stopped.reason, 'model_archived', 'stopping what has ended changes nothing');
  },
);

await testOnEachDatabase(
  'one run a model, three at once, and nobody sees those of others',
  async (t, kind) => {
    const { test, params, start } = await open(t, kind);
    await assert.rejects(test.call('stopShadow', params), { code: 'shadow_not_found' });
    await start();
    await assert.rejects(start(), { code: 'shadow_under_way', message: /already/ });
    for (const name of ['second', 'third']) {
      await test.call('startShadow', { params: { id: await test.register(name) } });
    }
    const fourth = { params: { id: await test.register('fourth') } };
    await assert.rejects(test.call('startShadow', fourth), { code: 'shadow_under_way', message: /the most/ });
    await test.call('stopShadow', params);
    await test.call('startShadow', fourth);
    await assert.rejects(test.call('getShadow', params, test.other), { code: 'model_not_found' });
  },
);

await testOnEachDatabase('feedback tells where a shadow would have won', async (t, kind) => {
  const { test, look, start } = await open(t, kind);
  await start();
  const replaced = await deliver(test, 'Bad and replaced?', [0.2, 0.7]);
  await react(test, replaced, { rating_overall: 1 });
  await react(test, replaced, { rating_overall: 2 });
  await react(test, replaced, { reaction_type: 'thumbs_up' });
  const given = await deliver(test, 'Good and given up?', [0.2, 0.7]);
  await react(test, given, { reaction_type: 'thumbs_up' });
  const kept = await deliver(test, 'Good and kept?');
  await react(test, kept, { rating_overall: 5 });
  const compared = await deliver(test, 'Second is better?', [0.2, 0.7]);
  const comparison = { left: '1', right: '2', verdict: 'right', chosen: '2', rejected: '1' };
  const value = JSON.stringify({ comparison });
  await react(test, compared, {
    target: 'comparison:1,2',
    feedback_type: 'comparison',
    feedback_value: value,
  });
  const ignored = await deliver(test, 'Rejected, or neither?', [0.2, 0.7]);
  await react(test, ignored, { rating_overall: 1, status: 'rejected' });
  await react(test, ignored, { rating_overall: 3 });
  const { report } = await look();
  assert.deepEqual([report.wins, report.losses, report.ties], [2, 1, 1]);
  assert.deepEqual([report.would_have_won.value, report.would_have_won.n], [2 / 3, 3]);
  assert.deepEqual([report.replaced_disliked.value, report.replaced_disliked.n], [1, 1]);
  assert.deepEqual([report.replaced_liked.value, report.replaced_liked.n], [0.5, 2]);
});

await testOnEachDatabase(
  'the clearest disagreements go before judges, each question once',
  async (t, kind) => {
    const { test, model, params, look, start } = await open(t, kind);
    const given: RivalAnswers[] = [];
    let opened = 0;
    test.shadows.judging = {
      open: async () => {
        opened += 1;
        return project;
      },
      add: async (_, id, __, pairs) => {
        assert.equal(id, project);
        given.push(...pairs);
      },
      standing: async () => ({
        pairs: given.length,
        judged: 0,
        wins: 0,
        ties: 0,
        losses: 0,
        both_bad: 0,
        win_rate: null,
      }),
    };
    await start();
    await deliver(test, 'Same?');
    await look();
    await assert.rejects(test.call('judgeShadow', params), { code: 'not_enough_data' });
    for (const [query, best] of [
      ['Little?', 0.3],
      ['Much?', 0.9],
      ['much ?', 0.8],
      ['Some?', 0.5],
    ] as const) {
      await deliver(test, query, [0.2, best], query === 'Some?' ? { earlier: 'A parcel.' } : {});
    }
    assert.equal((await look()).report.disagreements, 4);
    const page = await test.call('listShadowDisagreements', { ...params, query: { limit: 3 } });
    const rest = await test.call('listShadowDisagreements', {
      ...params,
      query: { limit: 3, cursor: page.next_cursor ?? '' },
    });
    assert.deepEqual(
      [...page.items, ...rest.items].map(({ query }) => query),
      ['Much?', 'much ?', 'Some?', 'Little?'],
    );
    assert.equal(rest.next_cursor, null);
    const [clearest] = page.items;
    assert.deepEqual(
      [clearest?.delivered, clearest?.preferred],
      [
        { text: 'first (0.2)', shadow: 0.2, live: 0.6 },
        { text: 'second (0.9)', shadow: 0.9, live: 0.3 },
      ],
    );
    const two = await test.call('judgeShadow', { ...params, body: { pairs: 2 } });
    assert.deepEqual(two, { project_id: project, pairs: 2 });
    await test.call('judgeShadow', params);
    assert.deepEqual(
      given.map(({ step, query, current, before }) => [step, query, current.text, before.text]),
      [
        [0, 'Much?', 'second (0.9)', 'first (0.2)'],
        [1, 'Some?', 'second (0.5)', 'first (0.2)'],
        [2, 'Little?', 'second (0.3)', 'first (0.2)'],
      ],
    );
    assert.deepEqual(
      given.map(({ context }) => context),
      [undefined, 'user: A parcel.', undefined],
    );
    assert.equal(opened, 1);
    const { shadow } = await test.call('getShadow', { params: { id: model } });
    assert.deepEqual([shadow?.report.judged?.project_id, shadow?.report.judged?.pairs], [project, 3]);
    assert.deepEqual(await actions(test), ['shadow.started', 'shadow.judged', 'shadow.judged']);
  },
);

await testOnEachDatabase(
  'a sample is a fair share of the answers, the same on every look',
  async (t, kind) => {
    const { test } = await open(t, kind);
    const { organization } = test;
    const { sql } = test.platform.database;
    const at = test.clock.now();
    const rows = Array.from({ length: 1000 }, (_, k) => ({
      response_id: formatUuidV7(at.getTime(), k, BigInt(k)),
      organization,
      timestamp: at,
      query: 'q',
      context: '[]',
      selected_response: 'a',
      all_candidates: JSON.stringify([candidate('1', 'a', 0.5)]),
      policy: 'p',
      reward_model: LIVE,
      selection: 'best',
      status: 'delivered' as const,
      timings: '{}',
    }));
    await sql.insertInto('conversation_logs').values(rows).execute();
    const sample = (salt: string, share: number) => ({
      organization,
      salt,
      share,
      from: at,
      to: null,
      notBy: 'x',
    });
    const ids = async (salt: string, share: number) => {
      const drawn = await sampledAnswers(sql, sample(salt, share), { except: [], most: 1000 });
      return drawn.map(({ responseId }) => responseId);
    };
    const third = await ids('one', 0.3);
    // Within five standard deviations of 300 of 1,000.
    assert.ok(Math.abs(third.length - 300) < 5 * Math.sqrt(1000 * 0.3 * 0.7), `${third.length}`);
    assert.equal(await countSample(sql, sample('one', 0.3)), third.length);
    const half = new Set(await ids('one', 0.5));
    assert.ok(
      third.every((id) => half.has(id)),
      'a larger share adds answers',
    );
    const other = (await ids('two', 0.3)).filter((id) => third.includes(id)).length;
    assert.ok(Math.abs(other - 90) < 5 * Math.sqrt(1000 * 0.09 * 0.91), 'another salt, another sample');
    assert.equal((await ids('one', 1)).length, 1000);
    const [next] = await sampledAnswers(sql, sample('one', 0.3), { except: third.slice(0, 7), most: 1 });
    assert.equal(next?.responseId, third[7], 'the oldest first, but for some');
  },
);
