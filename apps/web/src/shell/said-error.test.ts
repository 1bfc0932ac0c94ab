import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttuneApiError } from '@attune/sdk';
import { isSignedOut, saidError } from './said-error.ts';

const apiError = (facts: { code: string; status: number; hint?: string; retryAfterSeconds?: number }) =>
  new AttuneApiError({ message: 'No.', hint: '', requestId: 'r-1', ...facts });

test('an error of the server is said in its own words, with its hint and request id', () => {
  const error = apiError({ code: 'model_not_found', status: 404, hint: 'See /v1/models.' });
  assert.deepEqual(saidError(error), {
    code: 'model_not_found',
    message: 'No.',
    hint: 'See /v1/models.',
    requestId: 'r-1',
  });
});

test('a wait is said in seconds', () => {
  const wait = (retryAfterSeconds: number) =>
    saidError(apiError({ code: 'rate_limited', status: 429, hint: 'See the header.', retryAfterSeconds }))
      .hint;
  assert.equal(wait(30), 'Try again in 30 seconds.');
  assert.equal(wait(1), 'Try again in 1 second.');
});

test('a server that does not answer is named so', () => {
  const said = saidError(apiError({ code: 'unreachable', status: 0, hint: 'Start one.' }));
  assert.equal(said.code, 'unreachable');
  assert.match(said.hint, /running/);
});

test('anything else keeps its message', () => {
  assert.equal(saidError(new TypeError('x is not a function')).message, 'x is not a function');
  assert.equal(saidError('odd').message, 'odd');
  assert.notEqual(saidError(new Error('')).message, '');
});

test('only a missing identity signs one out', () => {
  assert.equal(isSignedOut(apiError({ code: 'unauthenticated', status: 401 })), true);
  assert.equal(isSignedOut(apiError({ code: 'sign_in_link_invalid', status: 401 })), false);
  assert.equal(isSignedOut(new Error('unauthenticated')), false);
});
