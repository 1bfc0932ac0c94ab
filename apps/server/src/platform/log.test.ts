import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog, type Log } from './log.ts';

function captured(pretty = false): { log: Log; text: () => string } {
  const lines: string[] = [];
  return {
    log: createLog({ level: 'debug', pretty, sink: { write: (line) => lines.push(line) } }),
    text: () => lines.join(''),
  };
}

describe('log', () => {
  test('writes one JSON object a line, with time, level by name, message and the fields of its parents', () => {
    const { log, text } = captured();
    log.child({ request_id: 'r1' }).child({ room: 'serve' }).info({ took_ms: 3 }, 'answered');
    const { time, ...rest } = JSON.parse(text());
    assert.equal(new Date(time).toISOString(), time);
    assert.deepEqual(rest, { level: 'info', request_id: 'r1', room: 'serve', took_ms: 3, msg: 'answered' });
  });

  test('keeps an error with its stack and its cause', () => {
    const { log, text } = captured();
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    assert.match(JSON.parse(text()).err.stack, /outer[\s\S]*inner/);
  });

  test('says nothing below its level', () => {
    const { log, text } = captured();
    log.trace({}, 'hidden');
    assert.equal(text(), '');
  });

  test('prints one readable line on a terminal, the stack of an error below it', () => {
    const { log, text } = captured(true);
    log.warn({ queue: 'train', note: 'two words' }, 'slow');
    log.error({ err: new Error('broken') }, 'failed');
    assert.match(text(), /^\d\d:\d\d:\d\d .*WARN .* slow queue=train note="two words"\n/);
    assert.match(text(), /ERROR.* failed\nError: broken\n {4}at /);
  });
});

describe('secrets stay out of the log', () => {
  const secret = 'S3cr3tValue1234567890';
  const cases: [string, Record<string, unknown>, string?][] = [
    ['an authorization header', { headers: { Authorization: `Bearer ${secret}` } }],
    ['an x-api-key header', { headers: { 'x-api-key': secret } }],
    ['cookies', { headers: { cookie: `session=${secret}; a=b`, 'set-cookie': [`s=${secret}`, 'x=y'] } }],
    ['a nested field', { a: { b: [{ password: `pa"ss ${secret}\\`, next: 1 }] } }],
    ['a feedback token', { body: { feedback_token: secret } }],
    ['a feedback token in text', {}, `token fbt_${secret}.sig rejected`],
    ['an API key in text', {}, `key atn_${secret} used`],
    ['a bearer credential in text', {}, `sent Authorization: Bearer ${secret}`],
    ['a provider key in text', {}, `Incorrect API key provided: sk-proj-${secret}`],
    ['a password in a URL', { err: new Error(`cannot reach postgres://user:${secret}@db:5432/x`) }],
    ['a password with an @ in a URL', { url: `redis://:p@${secret}@cache:6379` }],
    ['a query parameter', { url: `/v1/x?token=${secret}&page=2` }],
    [
      'JSON inside a string',
      { body: JSON.stringify({ api_key: secret, more: JSON.stringify({ secret: `a"${secret}` }), last: 1 }) },
    ],
    ['a cookie line in text', {}, `cookie: session=${secret}; other=${secret}`],
  ];
  for (const [name, fields, message] of cases) {
    test(name, () => {
      const { log, text } = captured();
      log.info(fields, message);
      assert.doesNotMatch(text(), new RegExp(secret));
      assert.ok(JSON.parse(text()), 'the line is still JSON');
    });
  }

  test('everything else stays', () => {
    const { log, text } = captured();
    const fields = {
      tokens: 12,
      prompt_tokens: 3,
      page: 'x?page=2',
      url: 'https://example.org/a:b@c',
      basic: 'basic idea',
    };
    log.info(fields, 'the tokenizer counts tokens');
    const { time: _time, level: _level, msg: _msg, ...rest } = JSON.parse(text());
    assert.deepEqual(rest, fields);
  });
});
