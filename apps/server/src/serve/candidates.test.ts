import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { askWhole, eventually, logged, question, readStream } from './testing/answers-of.ts';
import { BAD, FINE, GOOD, POOR, storeTestModel } from './testing/test-model.ts';
import { openTestRoom, refusal, type TestRoom } from './testing/test-room.ts';
import { fails, later, says, saysInTurn, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

describe('several candidates', () => {
  let upstream: TestUpstream;
  let room: TestRoom;
  before(async () => {
    upstream = await startUpstream();
    room = await openTestRoom('pglite', { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_UPSTREAM_RETRIES: '0' });
    // The first score waits for the weights to be loaded.
    const model = await storeTestModel(room.blobs);
    room.live.live = model;
    await room.call('score', { body: { query: 'q', responses: ['warm up'] } });
    room.live.live = null;
  });
  afterEach(() => {
    room.live.live = null;
  });
  after(async () => {
    await room.close();
    await upstream.close();
  });

  const cold = (more: object = {}) => question('What helps against a cold?', more);

  test('three are asked for at once, each with its own sampling; without a reward model the first is delivered', async () => {
    upstream.script(saysInTurn([GOOD, BAD, FINE]));
    const answer = await askWhole(room, cold());
    assert.equal(answer.attune.candidates_count, 3);
    assert.equal(answer.attune.reward_score, null);
    assert.equal(answer.attune.reward_model, null);
    assert.equal(answer.attune.degraded, null);
    assert.equal(answer.attune.generation_method, 'temperature_0.7');
    const sampling = upstream.seen.map(({ body }) => [body.temperature, body.top_p, body.top_k]);
    assert.deepEqual(
      sampling.sort(),
      [
        [0.7, 0.9, undefined],
        [1, 0.8, undefined],
        [undefined, undefined, 50],
      ].sort(),
    );
    const row = await logged(room, answer.attune);
    assert.deepEqual(
      row.all_candidates.map(({ id, generation_method }) => [id, generation_method]),
      [
        ['c1', 'temperature_0.7'],
        ['c2', 'temperature_1.0'],
        ['c3', 'top_k_50'],
      ],
    );
    assert.deepEqual(answer.usage, { prompt_tokens: 21, completion_tokens: 15, total_tokens: 36 });
  });

  test('a sampling of the client is kept for the first candidate', async () => {
    upstream.script(saysInTurn([GOOD, BAD]));
    const answer = await askWhole(room, cold({ temperature: 0.1, attune: { candidates: 2 } }));
    const temperatures = upstream.seen.map(({ body }) => body.temperature);
    assert.deepEqual(temperatures.sort(), [0.1, 0.7]);
    assert.equal(answer.attune.generation_method, 'as_requested');
  });

  test('the reward model chooses, and everything it saw is in the log', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([BAD, GOOD, POOR]));
    const answer = await askWhole(room, cold());
    assert.equal(answer.attune.response, GOOD);
    assert.equal(answer.attune.reward_model, 'model-1');
    assert.equal(answer.attune.warning, null);
    const row = await logged(room, answer.attune);
    assert.equal(row.reward_score, answer.attune.reward_score);
    assert.equal(row.reward_model, 'model-1');
    const chosen = row.all_candidates.find(({ text }) => text === GOOD);
    assert.equal(chosen?.propensity, 1);
    const bad = row.all_candidates.find(({ text }) => text === BAD);
    assert.ok((bad?.reward_score ?? 1) < (chosen?.reward_score ?? 0));
    assert.deepEqual(bad?.failed_checks, ['below_threshold']);
    assert.equal(bad?.propensity, 0);
    assert.ok((row.timings.score_ms ?? -1) >= 0);
  });

  test('weighted selection logs a probability for each candidate that could have been delivered', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([GOOD, FINE, BAD]));
    const attune = { strategy: 'weighted', selection_temperature: 1, threshold: 0.3 };
    const answer = await askWhole(room, cold({ attune }));
    const row = await logged(room, answer.attune);
    const chances = row.all_candidates.map(({ propensity }) => propensity ?? 0);
    assert.ok(Math.abs(chances.reduce((a, b) => a + b, 0) - 1) < 1e-9);
    assert.equal(chances.filter((chance) => chance > 0).length, 2);
    assert.equal(row.selection, 'weighted');
    const [chosen] = await room.serve.chosenAnswers('default', [answer.attune.response_id]);
    assert.deepEqual(
      chosen?.candidates.map(({ propensity }) => propensity),
      chances,
    );
    const delivered = chosen?.candidates.find(({ id }) => id === chosen.delivered);
    assert.equal(delivered?.text, answer.attune.response);
    assert.deepEqual(await room.serve.chosenAnswers('other', [answer.attune.response_id]), []);
  });

  test('near-duplicates are merged and counted as one', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([GOOD, `${GOOD} `, FINE]));
    const answer = await askWhole(room, cold());
    const row = await logged(room, answer.attune);
    const merging = row.all_candidates.filter(({ merged }) => merged.length > 0);
    assert.equal(merging.length, 1);
    assert.equal(row.all_candidates.length, 3);
    const [chosen] = await room.serve.chosenAnswers('default', [answer.attune.response_id]);
    assert.equal(chosen?.candidates.length, 2);
  });

  test('when nothing passes, a second round joins; the best is delivered with a warning', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([BAD, POOR]));
    const answer = await askWhole(room, cold({ attune: { candidates: 2 } }));
    assert.equal(upstream.seen.length, 4);
    assert.match(answer.attune.warning ?? '', /No candidate reached the reward threshold/);
    const row = await logged(room, answer.attune);
    assert.deepEqual(
      row.all_candidates.map(({ id }) => id),
      ['c1', 'c2', 'c3', 'c4'],
    );
  });

  test('the warning tells a flawed answer from one that only stays below the threshold', async () => {
    upstream.script(saysInTurn(['', ' ']));
    const flawed = await askWhole(room, cold({ attune: { candidates: 2 } }));
    assert.match(flawed.attune.warning ?? '', /No candidate passed the quality checks/);
  });

  test('a second round can save the answer', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(says(BAD), says(POOR), says(GOOD));
    const answer = await askWhole(room, cold({ attune: { candidates: 2 } }));
    assert.equal(answer.attune.response, GOOD);
    assert.equal(answer.attune.warning, null);
  });

  test('an organisation that declines gets no bad answer, whole or streamed', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([BAD, POOR]));
    const attune = { candidates: 2, on_failure: 'decline' };
    await refusal(askWhole(room, cold({ attune })), 'answer_declined');
    const one = cold({ stream: true, attune: { ...attune, candidates: 1 } });
    await refusal(room.call('chatCompletions', { body: one }), 'answer_declined');
  });

  test('adaptive: asking stops at the first candidate that is good enough', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(says(BAD), says(GOOD), says(FINE));
    const answer = await askWhole(room, cold({ attune: { candidates: 5, adaptive: true } }));
    assert.equal(upstream.seen.length, 2);
    assert.equal(answer.attune.response, GOOD);
    assert.equal(answer.attune.candidates_count, 2);
  });

  test('a late candidate is not awaited; it is in the log when it comes', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(says(GOOD), later(900, says(FINE)));
    const start = performance.now();
    const answer = await askWhole(room, cold({ attune: { candidates: 2, latency_budget_ms: 500 } }));
    assert.ok(performance.now() - start < 900, 'the late one was awaited');
    assert.equal(answer.attune.degraded, 'candidates_late');
    assert.equal(answer.attune.candidates_count, 1);
    await eventually(
      async () => (await logged(room, answer.attune)).all_candidates.length === 2,
      'logged late',
    );
    const row = await logged(room, answer.attune);
    assert.equal(row.all_candidates.find(({ text }) => text === FINE)?.propensity, null);
    assert.equal(row.selected_response, GOOD);
  });

  test('nothing within the budget is a timeout', async () => {
    upstream.script(later(700, says(GOOD)));
    await refusal(askWhole(room, cold({ attune: { latency_budget_ms: 100 } })), 'upstream_timeout');
    await eventually(() => upstream.seen.every(({ aborted }) => aborted), 'the upstream is left');
  });

  test('some candidates may fail', async () => {
    upstream.script(fails(500), says(GOOD), fails(500));
    const answer = await askWhole(room, cold());
    assert.equal(answer.attune.response, GOOD);
    assert.equal(answer.attune.degraded, 'candidates_failed');
    const row = await logged(room, answer.attune);
    assert.equal(row.all_candidates.filter(({ error }) => error !== undefined).length, 2);
    const { stages } = room.observed.at(-1) ?? assert.fail('nobody was told');
    assert.deepEqual(stages.map(({ error }) => error).sort(), [
      null,
      'upstream_unavailable',
      'upstream_unavailable',
    ]);
  });

  test('when all fail, the caller hears why', async () => {
    upstream.script(fails(429, 'slow down', { 'retry-after': '3' }));
    const error = await refusal(askWhole(room, cold()), 'upstream_rate_limited');
    assert.deepEqual([error.details.retryAfterSeconds, error.details.upstream], [3, 'slow down']);
  });

  test('without its reward model file an answer is delivered all the same, and says so', async () => {
    room.live.live = { modelId: 'lost', artifactSha256: 'f'.repeat(64) };
    upstream.script(saysInTurn([GOOD, BAD, FINE]));
    const answer = await askWhole(room, cold());
    assert.equal(answer.attune.degraded, 'scoring_unavailable');
    assert.equal(answer.attune.reward_score, null);
    assert.deepEqual(room.observed.at(-1)?.reasons, ['scoring_unavailable']);
  });

  test('a named reward model is used instead of the live one', async () => {
    room.live.named.set('other', await storeTestModel(room.blobs, 'model-2'));
    upstream.script(saysInTurn([BAD, GOOD]));
    const answer = await askWhole(room, cold({ attune: { candidates: 2, reward_model: 'other' } }));
    assert.deepEqual([answer.attune.reward_model, answer.attune.response], ['model-2', GOOD]);
  });

  test('the chosen answer is streamed, scores and tokens at the end', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(saysInTurn([BAD, GOOD]));
    const body = cold({ stream: true, stream_options: { include_usage: true }, attune: { candidates: 2 } });
    const response = await room.call('chatCompletions', { body });
    assert.ok(Number(response.headers.get('x-attune-reward-score')) > 0.6);
    const { events, done, text } = await readStream(response);
    assert.equal(text, GOOD);
    assert.ok(done);
    assert.equal(events.at(-1)?.usage?.total_tokens, 24);
    assert.equal(events.at(-1)?.attune?.response, GOOD);
    assert.equal(events.at(-2)?.choices?.[0]?.finish_reason, 'stop');
    const row = await logged(room, { response_id: events.at(-1)?.attune?.response_id ?? '' });
    assert.equal(row.status, 'delivered');
    assert.ok(
      upstream.seen.every(({ body: sent }) => sent.stream === undefined && sent.stream_options === undefined),
    );
  });

  test('one candidate that streams is scored at the end', async () => {
    room.live.live = await storeTestModel(room.blobs);
    upstream.script(says(GOOD));
    const response = await room.call('chatCompletions', {
      body: cold({ stream: true, attune: { candidates: 1 } }),
    });
    const { events } = await readStream(response);
    const reward = events.at(-1)?.attune?.reward_score;
    assert.ok((reward ?? 0) > 0.6);
    const told = room.observed.at(-1) ?? assert.fail('nobody was told');
    assert.deepEqual([told.streamed, told.text, told.reward], [true, GOOD, reward]);
    const [call, scoring] = told.stages;
    assert.deepEqual([call?.kind, scoring?.kind, told.stages.length], ['generate', 'score', 2]);
    assert.ok((scoring?.startMs ?? 0) >= (call?.durationMs ?? Number.NaN));
  });

  test('fields that a model refuses are left out from then on', async () => {
    const pickyAbout =
      (field: string) =>
      (request: Parameters<ReturnType<typeof says>>[0], response: Parameters<ReturnType<typeof says>>[1]) =>
        field in request.body
          ? fails(400, `Unrecognized request argument supplied: ${field}`)(request, response)
          : says(GOOD)(request, response);
    upstream.script(pickyAbout('top_k'));
    const answer = await askWhole(room, cold({ model: 'picky' }));
    assert.equal(answer.attune.degraded, null);
    assert.equal(upstream.seen.length, 4);
    await askWhole(room, cold({ model: 'picky' }));
    assert.equal(upstream.seen.length, 7);
  });

  test('a stable someone decides which reward model scores: user, else session, else the answer itself', async () => {
    upstream.script(says(GOOD));
    room.live.asked.length = 0;
    const one = { attune: { candidates: 1, session_id: 's-1' } };
    await askWhole(room, cold({ ...one, user: 'u-1' }));
    await askWhole(room, cold(one));
    const { attune } = await askWhole(room, cold({ attune: { candidates: 1 } }));
    assert.deepEqual(room.live.asked, ['u-1', 's-1', attune.response_id]);
  });

  test('requests with tools go to the upstream as they are, once', async () => {
    room.live.live = await storeTestModel(room.blobs);
    const call = { id: 't1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } };
    upstream.script((request, response) => {
      assert.equal(request.body.temperature, undefined);
      response.writeHead(200, { 'content-type': 'application/json' });
      const choices = [
        {
          index: 0,
          message: { role: 'assistant', content: null, tool_calls: [call] },
          finish_reason: 'tool_calls',
        },
      ];
      response.end(
        JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'tiny', choices }),
      );
    });
    const tools = [{ type: 'function', function: { name: 'weather', parameters: {} } }];
    const answer = await askWhole(room, cold({ tools }));
    assert.equal(upstream.seen.length, 1);
    assert.deepEqual(answer.choices[0]?.message.tool_calls, [call]);
    assert.equal(answer.choices[0]?.finish_reason, 'tool_calls');
    assert.deepEqual([answer.attune.reward_score, answer.attune.warning], [null, null]);
  });
});

describe('admission', () => {
  let upstream: TestUpstream;
  let room: TestRoom;
  before(async () => {
    upstream = await startUpstream();
    const settings = { ATTUNE_CANDIDATES: '1', ATTUNE_MAX_CONCURRENT_ANSWERS: '2' };
    room = await openTestRoom('pglite', { ATTUNE_UPSTREAM_URL: upstream.url, ...settings });
  });
  after(async () => {
    await room.close();
    await upstream.close();
  });

  test('more answers at once than the server takes are turned away until one has left', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    upstream.script(async (request, response) => {
      await gate;
      await says(GOOD)(request, response);
    });
    const running = [askWhole(room, question('a')), askWhole(room, question('b'))];
    await eventually(() => upstream.seen.length === 2, 'both are asked');
    const error = await refusal(askWhole(room, question('c')), 'overloaded');
    assert.equal(error.details.retryAfterSeconds, 1);
    open();
    await Promise.all(running);
    const streamed = await room.call('chatCompletions', { body: question('d', { stream: true }) });
    await streamed.body?.cancel();
    for (const text of ['e', 'f']) await askWhole(room, question(text));
  });
});
