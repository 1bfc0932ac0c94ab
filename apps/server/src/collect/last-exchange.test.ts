import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastExchange } from './last-exchange.ts';

const turn = (role: string, content: string) => ({ role, content });

test('takes the last answer, the question before it and all turns up to it', () => {
  const exchange = lastExchange([
    turn('system', 's'),
    turn('user', 'q1'),
    turn('assistant', 'a1'),
    turn('user', 'q2'),
    turn('assistant', 'a2'),
    turn('user', 'thanks'),
  ]);
  assert.ok(typeof exchange === 'object');
  assert.equal(exchange.query, 'q2');
  assert.equal(exchange.response, 'a2');
  assert.equal(exchange.context.length, 4);
});

test('says what is missing', () => {
  assert.match(String(lastExchange([turn('user', 'q'), turn('user', 'q')])), /assistant turn/);
  assert.match(String(lastExchange([turn('assistant', 'hello'), turn('user', 'q')])), /user turn/);
  assert.match(String(lastExchange([turn('user', 'q'), turn('assistant', '')])), /empty/);
  assert.match(
    String(lastExchange([turn('wizard', 'x'), turn('user', 'q'), turn('assistant', 'a')])),
    /Unknown role/,
  );
});
