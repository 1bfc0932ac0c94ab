import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Endpoint, ErrorBody, endpoints, errorCatalogue } from '@attune/contracts';
import { newId } from '../apps/server/src/platform/ids.ts';
import { databases } from './harness/databases.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const all = Object.values<Endpoint>(endpoints);
// What takes a file instead, or only the token of a run, is tested with its room.
const writes = all.filter(
  ({ body, sends, jobToken }) => body !== undefined && sends === undefined && jobToken !== true,
);
const MAX_BODY = 1_000_000;

interface Sent {
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Record<string, string>;
}

async function send(server: ServerProcess, method: string, path: string, sent: Sent = {}) {
  const { body, headers } = sent;
  const response = await fetch(`${server.url}${path}`, {
    method: method.toUpperCase(),
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  return { status: response.status, headers: response.headers, text: isStream ? '' : await response.text() };
}

/** The error of an answer that must be a clear one of the caller's own making. */
function fault(answer: { status: number; text: string }, what: string): ErrorBody['error'] {
  assert.ok(
    answer.status >= 400 && answer.status < 500,
    `${what}: ${answer.status} ${answer.text.slice(0, 300)}`,
  );
  const { error } = ErrorBody.parse(JSON.parse(answer.text));
  assert.ok(error.code in errorCatalogue, `${what}: ${error.code}`);
  return error;
}

function pathOf(endpoint: Endpoint, value: string): string {
  return endpoint.path.replace(/:(\w+)/g, (_, name: string) => (name === 'kind' ? 'model' : value));
}

for (const database of databases) {
  test(`bad input on ${database.name}: each a clear error, and the server lives`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const settings = { ...prepared.settings, ATTUNE_MAX_BODY_BYTES: String(MAX_BODY) };
    const server = await startProcess(await tempFolder(), settings);
    t.after(() => server.stop());

    await t.test('malformed JSON and other content types, on every route that takes a body', async () => {
      for (const endpoint of writes) {
        const path = pathOf(endpoint, newId());
        const malformed = await send(server, endpoint.method, path, { body: '{"a":' });
        assert.equal(fault(malformed, endpoint.id).code, 'malformed_json');
        const headers = { 'content-type': 'text/csv' };
        const foreign = await send(server, endpoint.method, path, { body: 'a,b', headers });
        assert.equal(fault(foreign, endpoint.id).code, 'unsupported_media_type');
      }
    });

    await t.test('bodies of the wrong type, on every route that takes one', async () => {
      for (const endpoint of writes) {
        for (const body of ['[]', 'null', '5', '"text"', 'true']) {
          const answer = await send(server, endpoint.method, pathOf(endpoint, newId()), { body });
          assert.equal(fault(answer, `${endpoint.id} ${body}`).code, 'invalid_request');
        }
      }
    });

    await t.test('huge bodies, announced and not', async () => {
      const huge = `{"text":"${'x'.repeat(2 * MAX_BODY)}"}`;
      for (const endpoint of writes.slice(0, 8)) {
        const path = pathOf(endpoint, newId());
        assert.equal((await send(server, endpoint.method, path, { body: huge })).status, 413);
        const body = new Blob([huge]).stream();
        assert.equal((await send(server, endpoint.method, path, { body })).status, 413);
      }
    });

    await t.test('ids that no row has, on every route that takes one', async () => {
      const texts = [
        '%00',
        '%F0%9F%8E%88',
        "'%3B--",
        '..%2f..',
        '%25',
        'x'.repeat(501),
        '00000000-0000-0000-0000-000000000000',
      ];
      for (const endpoint of all.filter(({ path }) => path.includes(':'))) {
        for (const text of [newId(), ...texts]) {
          const body = endpoint.body === undefined ? {} : { body: '{}' };
          const answer = await send(server, endpoint.method, pathOf(endpoint, text), body);
          fault(answer, `${endpoint.id} ${text}`);
        }
      }
    });

    await t.test('filters, limits and cursors that are none', async () => {
      const forged = [
        'x',
        '%00',
        Buffer.from('["a"]').toString('base64url'),
        Buffer.from('["\\u0000","\\u0000"]').toString('base64url'),
        Buffer.from('["2026-13-45T99:99:99Z","x"]').toString('base64url'),
        Buffer.from('[1e400]').toString('base64url'),
        Buffer.from('["999999999999999999999999"]').toString('base64url'),
      ];
      const lists = all.filter(({ errors }) => errors.includes('invalid_cursor'));
      for (const { id, path } of lists) {
        for (const limit of ['0', '-1', '201', '1.5', 'all', '']) {
          fault(await send(server, 'get', `${path}?limit=${limit}`), `${id} limit=${limit}`);
        }
        for (const cursor of forged)
          fault(await send(server, 'get', `${path}?cursor=${cursor}`), `${id} ${cursor}`);
      }
      const feedback = [
        'min_rating=0',
        'after=0000',
        'after=275761-01-01T00:00:00Z',
        'order=best',
        'response_id=1',
      ];
      for (const query of feedback) fault(await send(server, 'get', `/api/feedback?${query}`), query);
      for (const query of ['user_id=%00', 'tag=%00', 'session_id=%00', 'after=0001-01-01T00:00:00Z']) {
        const { status } = await send(server, 'get', `/api/feedback?${query}`);
        assert.ok(status < 500, `${query}: ${status}`);
      }
    });

    await t.test('ratings out of range, and answers that nobody gave', async () => {
      const rate = async (body: object) =>
        fault(
          await send(server, 'post', '/api/assistant/feedback', { body: JSON.stringify(body) }),
          JSON.stringify(body),
        );
      assert.equal((await rate({ response_id: newId(), rating: 6 })).param, 'rating');
      assert.equal((await rate({ response_id: newId(), rating: '5' })).param, 'rating');
      assert.equal((await rate({ response_id: 'x', rating: 5 })).param, 'response_id');
      assert.equal((await rate({ response_id: newId(), rating: 5 })).code, 'response_not_found');
    });

    await t.test('prompts that are empty, huge, or hold what no database stores', async () => {
      const answers = [{ text: 'One.' }, { text: 'Two, and more.' }];
      const contents = ['', ' ', 'x'.repeat(100_000), '\u0000 nul', 'half \ud800', '👩‍👩‍👧 مرحبا', '\u2028'];
      const items = contents.filter((text) => text !== '').map((query) => ({ query, answers }));
      await server.client.addRecordedAnswers({ body: { items } });
      for (const model of ['recorded', 'retrieval', 'attune', 'no-such-model']) {
        for (const content of contents) {
          const body = JSON.stringify({ model, messages: [{ role: 'user', content }] });
          const answer = await send(server, 'post', '/v1/chat/completions', { body });
          if (answer.status !== 200) fault(answer, `${model} ${JSON.stringify(content.slice(0, 20))}`);
        }
      }
      const long = JSON.stringify({
        model: 'recorded',
        messages: [{ role: 'user', content: 'x'.repeat(500_000) }],
      });
      const answer = await send(server, 'post', '/v1/chat/completions', { body: long });
      assert.equal(fault(answer, 'too long').code, 'prompt_too_long');
    });

    await t.test('wrong keys, wrong ways to show them, and odd headers', async () => {
      for (const authorization of [
        'Bearer atn_no',
        'Bearer fbt_a.b',
        'Bearer fbt_',
        'Basic YTpi',
        'bearer',
        'x',
      ]) {
        const answer = await send(server, 'get', '/api/me', { headers: { authorization } });
        assert.equal(fault(answer, authorization).code, 'unauthenticated');
      }
      const odd = {
        'x-request-id': 'a b',
        origin: 'nonsense',
        cookie: 'attune_session=%',
        'idempotency-key': 'k k',
      };
      fault(
        await send(server, 'post', '/api/sign-in', { body: '{"token":"x"}', headers: odd }),
        'odd headers',
      );
    });

    assert.equal((await fetch(`${server.url}/readyz`)).status, 200, 'healthy at the end');
    assert.equal((await server.client.whoAmI()).role, 'admin');
  });
}

describe('a server that is told to stop', () => {
  test('ends streams of events and idle connections, and goes in good order', async () => {
    const server = await startProcess(await tempFolder());
    const headers = { authorization: `Bearer ${server.key}` };
    const stream = await fetch(`${server.url}/api/metrics/live/events`, { headers });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.match((await reader?.read())?.value ?? '', /^data: /);
    await server.client.whoAmI();
    const code = server.stop();
    for (;;) if ((await reader?.read())?.done !== false) break;
    assert.equal(await code, 0);
    await assert.rejects(server.client.whoAmI(), { code: 'unreachable' });
  });
});
