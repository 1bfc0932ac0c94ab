import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { LoggedAnswer, pageOf } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { newId } from '../platform/ids.ts';
import { askWhole, eventually, logged, question, readStream } from './testing/answers-of.ts';
import { openTestRoom, refusal, someone, type TestRoom } from './testing/test-room.ts';
import { chunk, fails, says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

/** A row as a server leaves it that is killed in the middle of an answer. */
async function insertOpen(room: TestRoom, replica: string): Promise<string> {
  const response_id = newId();
  const given = { organization: 'default', policy: 'tiny', selection: 'best', status: 'open' as const };
  const texts = {
    query: 'q',
    context: '[]',
    selected_response: 'as far as it',
    all_candidates: '[]',
    timings: '{}',
  };
  await room.database.sql
    .insertInto('conversation_logs')
    .values({ response_id, replica, timestamp: new Date(), ...given, ...texts })
    .execute();
  return response_id;
}

for (const kind of databaseKinds) {
  describe(`one candidate on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let upstream: TestUpstream;
    let room: TestRoom;
    before(async () => {
      upstream = await startUpstream();
      room = await openTestRoom(kind, {
        ATTUNE_UPSTREAM_URL: upstream.url,
        ATTUNE_CANDIDATES: '1',
        ATTUNE_UPSTREAM_RETRIES: '0',
      });
    });
    after(async () => {
      await room.close();
      await upstream.close();
    });

    test('an answer is in the log when it is delivered, with what made it', async () => {
      upstream.script(says('Wash your hands.'));
      const answer = await askWhole(
        room,
        question('What helps?', { user: 'ann', metadata: { session_id: 's1' } }),
      );
      assert.equal(answer.choices[0]?.message.content, 'Wash your hands.');
      assert.equal(answer.id, `chatcmpl-${answer.attune.response_id}`);
      assert.equal(answer.system_fingerprint, 'fp_test');
      assert.deepEqual(answer.usage, { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 });
      const row = await logged(room, answer.attune);
      assert.equal(row.status, 'delivered');
      assert.equal(row.selected_response, 'Wash your hands.');
      assert.equal(row.query, 'What helps?');
      assert.equal(row.user_id, 'ann');
      assert.equal(row.session_id, 's1');
      assert.equal(row.policy, 'tiny');
      assert.equal(row.all_candidates[0]?.generation_method, 'as_requested');
      assert.equal(row.all_candidates[0]?.propensity, 1);
      assert.ok((row.timings.total_ms ?? 0) > 0);
    });

    test('what the client asks for reaches the upstream, what is meant for Attune does not', async () => {
      upstream.script(says('Yes.'));
      const more = { temperature: 0.3, seed: 7, logit_bias: { 5: 1 }, attune: { threshold: 0.1 } };
      await askWhole(room, question('Right?', more));
      const body = upstream.seen[0]?.body;
      assert.deepEqual(body, {
        model: 'tiny',
        messages: [{ role: 'user', content: 'Right?' }],
        temperature: 0.3,
        seed: 7,
        logit_bias: { 5: 1 },
      });
    });

    test('delivered answers are counted, failed ones are not', async () => {
      const start = new Date();
      const before = (await room.serve.answerCounts('default'))[0]?.answers ?? 0;
      upstream.script(says('Yes.'));
      await Promise.all(Array.from({ length: 20 }, () => askWhole(room, question('Right?'))));
      upstream.script(fails(500));
      await refusal(askWhole(room, question('Right?')), 'upstream_unavailable');
      const [after] = await room.serve.answerCounts('default');
      assert.equal((after?.answers ?? 0) - before, 20);
      assert.ok((after?.answeredAt ?? 0) >= start, 'and when the newest was given');
    });

    test('texts that PostgreSQL cannot hold are answered and logged', async () => {
      upstream.script(says('zero \0 and half \ud83d a pair, and \\u0000 as text'));
      const answer = await askWhole(room, question('nul \0 and \udc00'));
      const row = await logged(room, answer.attune);
      assert.equal(row.query, 'nul \uFFFD and \uFFFD');
      assert.match(row.selected_response ?? '', /zero \uFFFD and half .* a pair, and \\u0000 as text/);
    });

    test('a failed answer is in the log with the reason', async () => {
      upstream.script(fails(400, 'the context is too long'));
      const error = await refusal(
        askWhole(room, question('Too long?', { user: 'fay' })),
        'upstream_rejected',
      );
      assert.equal(error.details.upstream, 'the context is too long');
      const page = pageOf(LoggedAnswer).parse(
        await (await room.call('listAnswers', { query: { user_id: 'fay' } })).json(),
      );
      assert.equal(page.items[0]?.status, 'failed');
      assert.equal(page.items[0]?.degraded, 'upstream_rejected');
      assert.match(page.items[0]?.all_candidates[0]?.error ?? '', /context is too long/);
    });

    test('a stream is passed on as it comes; its row is open before the first byte and complete before the end', async () => {
      const { promise: gate, resolve: open } = Promise.withResolvers<void>();
      upstream.script(async (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chunk({ role: 'assistant', content: 'First' }));
        await gate;
        response.write(chunk({ content: ' second.' }));
        response.write(chunk({}, 'stop'));
        response.end('data: [DONE]\n\n');
      });
      const response = await room.call('chatCompletions', { body: question('Tell me', { stream: true }) });
      const id = response.headers.get('x-attune-response-id') ?? '';
      assert.ok(response.headers.get('x-attune-feedback-token')?.startsWith('fbt_'));
      const [probe, rest] = response.body?.tee() ?? [];
      const first = await probe?.getReader().read();
      assert.match(Buffer.from(first?.value ?? []).toString(), /First/);
      assert.equal((await logged(room, { response_id: id })).status, 'open');
      open();
      const { events, done, text } = await readStream(new Response(rest));
      assert.equal(text, 'First second.');
      assert.ok(done);
      const last = events.at(-1);
      assert.equal(last?.attune?.response, 'First second.');
      assert.equal(last?.attune?.response_id, id);
      assert.equal(last?.choices?.[0]?.finish_reason, 'stop');
      assert.ok(events.every((event) => event.id === `chatcmpl-${id}`));
      const row = await logged(room, { response_id: id });
      assert.equal(row.status, 'delivered');
      assert.equal(row.selected_response, 'First second.');
    });

    test('a client that leaves ends the upstream; what it got is kept and marked', async () => {
      upstream.script((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chunk({ role: 'assistant', content: 'The beginning' }));
      });
      const client = new AbortController();
      const body = question('Tell me', { stream: true });
      const response = await room.call('chatCompletions', { body, signal: client.signal });
      const id = response.headers.get('x-attune-response-id') ?? '';
      const reader = response.body?.getReader();
      await reader?.read();
      client.abort();
      await eventually(async () => (await logged(room, { response_id: id })).status === 'aborted', 'aborted');
      assert.equal((await logged(room, { response_id: id })).selected_response, 'The beginning');
      await eventually(() => upstream.seen[0]?.aborted === true, 'the upstream connection closes');
    });

    test('a client that never reads its stream is noticed, too', async () => {
      upstream.script((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chunk({ role: 'assistant', content: 'Unread' }));
      });
      const client = new AbortController();
      const body = question('Tell me', { stream: true });
      const response = await room.call('chatCompletions', { body, signal: client.signal });
      const id = response.headers.get('x-attune-response-id') ?? '';
      client.abort();
      await eventually(async () => (await logged(room, { response_id: id })).status === 'aborted', 'aborted');
    });

    test('a client that leaves while its whole answer is written ends the upstream', async () => {
      upstream.script(() => undefined);
      const client = new AbortController();
      const asked = room.call('chatCompletions', {
        body: question('Well?', { user: 'gil' }),
        signal: client.signal,
      });
      await eventually(() => upstream.seen.length === 1, 'the upstream is asked');
      client.abort();
      assert.equal((await asked).status, 499);
      await eventually(() => upstream.seen[0]?.aborted === true, 'the upstream connection closes');
      const response = await room.call('listAnswers', { query: { user_id: 'gil' } });
      assert.equal(pageOf(LoggedAnswer).parse(await response.json()).items[0]?.status, 'aborted');
    });

    test('an upstream that breaks off ends the stream with an error; the text so far is kept', async () => {
      upstream.script((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chunk({ role: 'assistant', content: 'Half of' }));
        setTimeout(() => response.destroy(), 30);
      });
      const response = await room.call('chatCompletions', { body: question('Tell me', { stream: true }) });
      const id = response.headers.get('x-attune-response-id') ?? '';
      const { events, done } = await readStream(response);
      assert.equal(events.at(-1)?.error?.code, 'upstream_unavailable');
      assert.equal(done, false);
      const row = await logged(room, { response_id: id });
      assert.deepEqual([row.status, row.selected_response], ['failed', 'Half of']);
    });

    test('a stream that ends without saying so counts as broken off', async () => {
      upstream.script((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(chunk({ role: 'assistant', content: 'Half of' }));
      });
      const response = await room.call('chatCompletions', { body: question('Tell me', { stream: true }) });
      assert.equal((await readStream(response)).events.at(-1)?.error?.code, 'upstream_unavailable');
    });

    test('a stream that cannot begin is an ordinary error, and its row is failed', async () => {
      upstream.script(fails(429, 'slow down', { 'retry-after': '7' }));
      const body = question('Tell me', { stream: true, user: 'hal' });
      const error = await refusal(room.call('chatCompletions', { body }), 'upstream_rate_limited');
      assert.equal(error.details.retryAfterSeconds, 7);
      const response = await room.call('listAnswers', { query: { user_id: 'hal' } });
      assert.equal(pageOf(LoggedAnswer).parse(await response.json()).items[0]?.status, 'failed');
    });

    test('a stream that does not begin within the latency budget is a timeout', async () => {
      upstream.script(() => undefined);
      const body = question('Tell me', { stream: true, attune: { latency_budget_ms: 100 } });
      await refusal(room.call('chatCompletions', { body }), 'upstream_timeout');
      await eventually(() => upstream.seen[0]?.aborted === true, 'the upstream connection closes');
    });

    test('open answers of servers that are gone are marked aborted, those of others are left alone', async () => {
      const ids = {
        silent: await insertOpen(room, 'another-host/1/aa'),
        exited: await insertOpen(room, `${hostname()}/4194305/bb`),
        alive: await insertOpen(room, 'another-host/2/cc'),
      };
      const seen = ['another-host/2/cc', `${hostname()}/4194305/bb`].map((id) => ({
        id,
        seen_at: new Date(),
      }));
      await room.database.sql.insertInto('serve_replicas').values(seen).execute();
      const other = await room.reopen({ ATTUNE_CANDIDATES: '1' });
      const statusOf = async (id: string) => (await logged(room, { response_id: id })).status;
      assert.equal(await statusOf(ids.silent), 'aborted');
      assert.equal(await statusOf(ids.exited), 'aborted');
      // One server at a time has the embedded database: no other can be alive.
      assert.equal(await statusOf(ids.alive), kind === 'pglite' ? 'aborted' : 'open');
      assert.equal((await logged(room, { response_id: ids.silent })).selected_response, 'as far as it');
      await other.stop();
    });

    test('conversations are listed newest first, page by page, and only to their organisation', async () => {
      upstream.script(says('Yes.'));
      const more = { user: 'ida', metadata: { session_id: 'pages' } };
      const ids: string[] = [];
      for (const n of [1, 2, 3])
        ids.unshift((await askWhole(room, question(`n ${n}`, more))).attune.response_id);
      const listPage = async (query: Record<string, string>) =>
        pageOf(LoggedAnswer).parse(await (await room.call('listAnswers', { query })).json());
      const first = await listPage({ session_id: 'pages', limit: '2' });
      const second = await listPage({ session_id: 'pages', limit: '2', cursor: first.next_cursor ?? '' });
      assert.deepEqual(
        [...first.items, ...second.items].map(({ response_id }) => response_id),
        ids,
      );
      assert.equal(second.next_cursor, null);
      await refusal(room.call('listAnswers', { query: { cursor: 'bm9uc2Vuc2U' } }), 'invalid_cursor');
      const stranger = someone('elsewhere', 'rater');
      const params = { response_id: ids[0] ?? '' };
      await refusal(room.call('getAnswer', { params, caller: stranger }), 'response_not_found');
      assert.equal(await room.serve.answers.find('elsewhere', ids[0] ?? ''), null);
      assert.equal(await room.serve.answers.find('default', 'no id'), null);
    });

    test('imported conversations are stored once and can be found', async () => {
      const row = {
        organization: 'default',
        query: 'Imported?',
        context: [{ role: 'user' as const, content: 'Imported?' }],
        response: 'Yes \0.',
        userId: null,
        sessionId: null,
      };
      const rows = [
        { ...row, importKey: 'k1' },
        { ...row, importKey: 'k2' },
        { ...row, importKey: 'k1' },
      ];
      const [a, b, c] = await room.serve.importAnswers(rows);
      assert.deepEqual([a?.alreadyThere, b?.alreadyThere, c?.alreadyThere], [false, false, true]);
      assert.equal(c?.responseId, a?.responseId);
      const again = await room.serve.importAnswers(rows.slice(0, 2));
      assert.deepEqual(
        again.map(({ alreadyThere }) => alreadyThere),
        [true, true],
      );
      const found = await room.serve.answers.find('default', a?.responseId ?? '');
      assert.deepEqual([found?.policy, found?.response], ['import', 'Yes \uFFFD.']);
    });

    test('a ramp sees by step and model what was delivered, how fast, for how many tokens, and what failed', async () => {
      room.live.live = { modelId: 'm-stats', artifactSha256: '0'.repeat(64) };
      try {
        upstream.script(says('Yes.'));
        await askWhole(room, question('One?'));
        await askWhole(room, question('Two?'));
        upstream.script(fails(500));
        await refusal(askWhole(room, question('Three?')), 'upstream_unavailable');
      } finally {
        room.live.live = null;
      }
      const seen = (treatment: string, control: string | null, ...minutes: number[]) =>
        room.serve.rampAnswers({
          organization: 'default',
          kind: 'reward',
          treatment,
          control,
          starts: minutes.map((minute) => new Date(Date.now() + minute * 60_000)),
          withCost: true,
        });
      const [arm, ...others] = await seen('m-stats', 'm-none', -2, -1);
      assert.ok(arm !== undefined && others.length === 0);
      assert.deepEqual([arm.step, arm.arm, arm.answers], [1, 'treatment', 3]);
      assert.deepEqual([arm.error_rate.count, arm.error_rate.total, arm.latency.count], [3, 1, 2]);
      assert.ok(arm.latency.total > 0 && Math.exp(arm.latency.total / 2) < 60_000);
      assert.deepEqual([arm.cost.count, arm.cost.total > 0], [2, true]);
      const [asControl] = await seen('m-none', 'm-stats', -1);
      assert.deepEqual([asControl?.arm, asControl?.answers], ['control', 3]);
      assert.ok((await seen('m-none', null, -1)).every((row) => row.arm === 'control' && row.answers > 0));
      assert.deepEqual(await seen('m-stats', 'm-none', 1), []);
    });

    test('requests that cannot be answered are refused before anything is asked', async () => {
      upstream.script(says('Yes.'));
      const refused = (body: object, code: string) => refusal(room.call('chatCompletions', { body }), code);
      assert.equal((await refused(question('Hi', { n: 2 }), 'invalid_request')).details.param, 'n');
      await refused(question('x'.repeat(400_001)), 'prompt_too_long');
      await refused(question('Hi', { messages: [] }), 'invalid_request');
      await refused(question([{ type: 'image_url' }], { model: 'recorded' }), 'content_not_text');
      await refused(question('Never recorded', { model: 'recorded' }), 'no_answer_available');
      await refused(question('Hi', { attune: { reward_model: 'nope' } }), 'model_not_found');
      assert.equal(upstream.seen.length, 0);
    });
  });
}
