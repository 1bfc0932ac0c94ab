import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { eventually, logged } from './testing/answers-of.ts';
import { openTestRoom, type TestRoom } from './testing/test-room.ts';
import { chunk, fails, says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

const messages = [{ role: 'user' as const, content: 'What helps against a cold?' }];
const words = 'Rest, and drink plenty of water.';

describe('the unmodified openai client', () => {
  let upstream: TestUpstream;
  let room: TestRoom;
  let http: { url: string; close(): Promise<void> };
  let client: OpenAI;
  before(async () => {
    upstream = await startUpstream();
    const settings = { ATTUNE_CANDIDATES: '1', ATTUNE_UPSTREAM_RETRIES: '0' };
    room = await openTestRoom('pglite', { ATTUNE_UPSTREAM_URL: upstream.url, ...settings });
    http = await room.listen();
    client = new OpenAI({ baseURL: `${http.url}/v1`, apiKey: 'admin@default', maxRetries: 0 });
  });
  after(async () => {
    await http.close();
    await room.close();
    await upstream.close();
  });

  test('gets a whole answer, with what Attune adds', async () => {
    upstream.script(says(words));
    const { data, response } = await client.chat.completions
      .create({ model: 'attune', messages })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, words);
    assert.equal(data.usage?.total_tokens, 12);
    const id = response.headers.get('x-attune-response-id') ?? '';
    assert.equal((await logged(room, { response_id: id })).selected_response, words);
  });

  test('gets a streamed answer, one candidate or several', async () => {
    upstream.script(says(words));
    for (const candidates of [1, 2]) {
      const asked = { model: 'attune', messages, stream: true as const, attune: { candidates } };
      const stream = await client.chat.completions.create({
        ...asked,
        stream_options: { include_usage: true },
      });
      let text = '';
      let tokens: number | undefined;
      for await (const part of stream) {
        text += part.choices[0]?.delta.content ?? '';
        tokens = part.usage?.total_tokens ?? tokens;
      }
      assert.equal(text, words);
      assert.equal(tokens, 12 * candidates);
    }
  });

  test('its own streaming helper puts the parts together', async () => {
    upstream.script(says(words));
    const done = await client.chat.completions.stream({ model: 'attune', messages }).finalChatCompletion();
    assert.equal(done.choices[0]?.message.content, words);
    assert.equal(done.choices[0]?.finish_reason, 'stop');
  });

  test('gets tool calls, whole and streamed', async () => {
    const call = { index: 0, id: 't1', type: 'function', function: { name: 'weather', arguments: '{}' } };
    upstream.script((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: null, tool_calls: [call] }));
      response.write(chunk({}, 'tool_calls'));
      response.end('data: [DONE]\n\n');
    });
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: {} } }];
    const helper = client.chat.completions.stream({ model: 'attune', messages, tools });
    const done = await helper.finalChatCompletion();
    assert.equal(done.choices[0]?.message.tool_calls?.[0]?.id, 't1');
    assert.equal(done.choices[0]?.finish_reason, 'tool_calls');
  });

  test('lists the models', async () => {
    const models = await Array.fromAsync(client.models.list());
    assert.deepEqual(
      models.map(({ id }) => id),
      ['attune', 'recorded', 'documents', 'tiny'],
    );
  });

  test('throws the error classes that it has for each failure', async () => {
    const create = (more: object = {}) =>
      client.chat.completions.create({ model: 'attune', messages, ...more });
    upstream.script(fails(429, 'slow down', { 'retry-after': '2' }));
    await assert.rejects(create(), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.code, 'upstream_rate_limited');
      assert.equal(error.headers.get('retry-after'), '2');
      return true;
    });
    upstream.script(fails(400, 'no such field'));
    await assert.rejects(create(), OpenAI.BadRequestError);
    upstream.script(fails(500));
    await assert.rejects(create(), OpenAI.InternalServerError);
    await assert.rejects(create({ stream: true }), OpenAI.InternalServerError);
    await assert.rejects(create({ n: 2 }), OpenAI.UnprocessableEntityError);
    const stranger = new OpenAI({ baseURL: `${http.url}/v1`, apiKey: 'wrong', maxRetries: 0 });
    await assert.rejects(
      stranger.chat.completions.create({ model: 'attune', messages }),
      OpenAI.AuthenticationError,
    );
  });

  test('throws in the middle of a stream that breaks', async () => {
    upstream.script((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: 'Half' }));
      setTimeout(() => response.destroy(), 20);
    });
    const stream = await client.chat.completions.create({ model: 'attune', messages, stream: true });
    await assert.rejects(Array.fromAsync(stream), OpenAI.APIError);
  });

  test('leaves a stream and the upstream is left, too', async () => {
    upstream.script((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: 'Endless' }));
    });
    const { data, response } = await client.chat.completions
      .create({ model: 'attune', messages, stream: true })
      .withResponse();
    for await (const _ of data) break;
    const id = response.headers.get('x-attune-response-id') ?? '';
    await eventually(
      async () => (await logged(room, { response_id: id })).status === 'aborted',
      'marked aborted',
    );
    await eventually(() => upstream.seen[0]?.aborted === true, 'the upstream connection closes');
  });

  const python = spawnSync('python3', ['-c', 'import openai'], { timeout: 30_000 }).status === 0;
  test('in Python, too', {
    skip: python ? false : 'the Python package openai is not installed',
  }, async () => {
    upstream.script(says(words));
    const program = `
import openai, sys
client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="admin@default", max_retries=0)
ask = dict(model="attune", messages=[{"role": "user", "content": "What helps?"}])
whole = client.chat.completions.create(**ask)
print(whole.choices[0].message.content, whole.attune["response_id"] != "")
print("".join(part.choices[0].delta.content or "" for part in client.chat.completions.create(**ask, stream=True)))
try:
    client.chat.completions.create(**ask, n=2)
except openai.UnprocessableEntityError as error:
    print(error.code)
`;
    const { spawn } = await import('node:child_process');
    const child = spawn('python3', ['-c', program, http.url]);
    const output = (await Array.fromAsync(child.stdout)).join('');
    assert.equal(output, `${words} True\n${words}\ninvalid_request\n`);
  });
});
