import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AttuneError } from '@attune/contracts';
import { openUpstream } from './adapters/openai-upstream.ts';
import { backoff } from './adapters/retry.ts';
import { eventData } from './adapters/server-sent-events.ts';
import { retryAfter } from './adapters/upstream-failure.ts';
import type { GenerationAsk } from './generator.ts';
import {
  completion,
  fails,
  json,
  type Script,
  says,
  startUpstream,
  type TestUpstream,
} from './testing/test-upstream.ts';

const ask: GenerationAsk = {
  organization: 'default',
  query: 'Hi',
  messages: [{ role: 'user', content: 'Hi' }],
  request: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
  model: 'm',
  candidates: 1,
};

describe('an upstream over HTTP', () => {
  let server: TestUpstream;
  before(async () => {
    server = await startUpstream();
  });
  after(() => server.close());

  async function askWith(settings: object = {}, signal = new AbortController().signal) {
    const url = server.url;
    const upstream = openUpstream({
      url,
      apiKey: 'sk-secret-key',
      models: [],
      timeoutMs: 2_000,
      retries: 0,
      ...settings,
    });
    try {
      const { drafts } = await upstream.draft(ask, signal);
      return await drafts[0]?.generate(signal);
    } finally {
      await upstream.close();
    }
  }

  async function failureOf(script: Script, settings: object = {}): Promise<AttuneError> {
    server.script(script);
    const error = await askWith(settings).then(
      () => assert.fail('expected a failure'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof AttuneError, String(error));
    return error;
  }

  const cases: [string, Script, string][] = [
    ['400', fails(400, 'bad field'), 'upstream_rejected'],
    ['422', fails(422, 'bad field'), 'upstream_rejected'],
    ['401', fails(401, 'Incorrect API key provided: sk-secr**key'), 'upstream_unavailable'],
    ['403', fails(403), 'upstream_unavailable'],
    [
      '404 of a model',
      fails(404, 'The model `m` does not exist', {}, { code: 'model_not_found' }),
      'model_not_found',
    ],
    ['404 of the address', fails(404, 'no such page'), 'upstream_unavailable'],
    ['408', fails(408), 'upstream_timeout'],
    ['429', fails(429), 'upstream_rate_limited'],
    ['500', fails(500), 'upstream_unavailable'],
    ['503', fails(503), 'upstream_unavailable'],
    ['504', fails(504), 'upstream_timeout'],
    [
      'an error in a successful answer',
      (_, response) => json(response, 200, { error: { message: 'no luck' } }),
      'upstream_unavailable',
    ],
    ['something else than JSON', (_, response) => void response.end('<html>'), 'upstream_unavailable'],
    [
      'an answer without choices',
      (_, response) => json(response, 200, { choices: [] }),
      'upstream_unavailable',
    ],
    ['a connection that breaks', (_, response) => void response.destroy(), 'upstream_unavailable'],
  ];
  for (const [name, script, code] of cases) {
    test(`${name} is ${code}`, async () => {
      assert.equal((await failureOf(script)).code, code);
    });
  }

  test("the upstream's key is not passed on", async () => {
    const error = await failureOf(fails(401, 'Incorrect API key provided: sk-secr**key'));
    assert.equal(error.details.upstream, 'Incorrect API key provided: [key]');
    assert.equal(server.seen[0]?.headers.authorization, 'Bearer sk-secret-key');
  });

  test('silence is a timeout', async () => {
    const error = await failureOf(() => undefined, { timeoutMs: 150 });
    assert.equal(error.code, 'upstream_timeout');
  });

  test('nobody there', async () => {
    const error = await failureOf(says('x'), { url: 'http://127.0.0.1:9' });
    assert.equal(error.code, 'upstream_unavailable');
  });

  test('failures that may pass are retried, honouring Retry-After, others are not', async () => {
    server.script(
      fails(500),
      fails(429, 'slow', { 'retry-after-ms': '40' }),
      (_, response) => void response.destroy(),
      says('At last.'),
    );
    const answer = await askWith({ retries: 3 });
    assert.equal(answer?.text, 'At last.');
    assert.equal(server.seen.length, 4);
    await failureOf(fails(400), { retries: 3 });
    assert.equal(server.seen.length, 1);
    await failureOf(fails(429, 'no credit', {}, { code: 'insufficient_quota' }), { retries: 3 });
    assert.equal(server.seen.length, 1);
    const error = await failureOf(fails(429, 'come tomorrow', { 'retry-after': '3600' }), { retries: 3 });
    assert.deepEqual([server.seen.length, error.details.retryAfterSeconds], [1, 3600]);
  });

  test('whoever leaves does not wait for retries', async () => {
    server.script(fails(500, 'no', { 'retry-after': '15' }));
    const left = new AbortController();
    const asked = askWith({ retries: 3 }, left.signal);
    setTimeout(() => left.abort(new Error('left')), 50);
    await assert.rejects(asked, /left/);
  });

  test('a base URL with a path and a query is kept', async () => {
    server.script((request, response) => json(response, 200, completion(request.path, 'm')));
    const answer = await askWith({ url: `${server.url}/deploy/?api-version=7` });
    assert.equal(answer?.text, '/v1/deploy/chat/completions?api-version=7');
  });

  test('names: those configured, or those the upstream lists', async () => {
    const open = (models: string[]) =>
      openUpstream({ url: server.url, apiKey: undefined, models, timeoutMs: 2_000, retries: 0 });
    const [some, all] = [open(['a', 'b']), open([])];
    assert.deepEqual([await some.models(), some.mayAsk('a'), some.mayAsk('c')], [['a', 'b'], true, false]);
    assert.deepEqual([await all.models(), all.mayAsk('c')], [['tiny'], true]);
    await Promise.all([some.close(), all.close()]);
  });
});

describe('server-sent events', () => {
  const read = async (...pieces: string[]) =>
    Array.fromAsync(
      eventData(
        (async function* () {
          yield* pieces;
        })(),
      ),
    );

  test('are read however they are cut and whatever ends their lines', async () => {
    assert.deepEqual(await read('data: a\n\nda', 'ta:b\n', '\n'), ['a', 'b']);
    assert.deepEqual(await read('data: a\r', '\n\r\ndata: b\r\r'), ['a', 'b']);
    assert.deepEqual(await read(': note\nevent: x\nid: 1\ndata: a\ndata: b\n\n'), ['a\nb']);
    assert.deepEqual(await read('data: unfinished'), []);
  });
});

describe('waiting before a retry', () => {
  test('grows, is spread, and is never less than asked for', () => {
    assert.deepEqual(
      [0, 1, 2, 9].map((retry) => backoff(retry, undefined, () => 1)),
      [250, 500, 1000, 8000],
    );
    assert.equal(
      backoff(3, undefined, () => 0),
      0,
    );
    assert.equal(
      backoff(0, 2, () => 0.5),
      2125,
    );
  });

  test('Retry-After is a number of seconds or a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    assert.equal(retryAfter({ 'retry-after': '12' }, now), 12);
    assert.equal(retryAfter({ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, now), 30);
    assert.equal(retryAfter({ 'retry-after': 'soon' }, now), undefined);
    assert.equal(retryAfter({ 'retry-after-ms': '1500', 'retry-after': '9' }, now), 1.5);
    assert.equal(retryAfter({}, now), undefined);
  });
});
