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

test('errors are said in the language of the page; what is particular to a request stays as it came', () => {
  const missing = saidError(apiError({ code: 'pair_not_found', status: 404, hint: 'List pairs.' }), 'vi');
  assert.equal(missing.message, 'Không tìm thấy cặp này trong tổ chức của bạn.');
  const invalid = saidError(apiError({ code: 'invalid_request', status: 422, hint: 'See docs.' }), 'vi');
  assert.equal(invalid.hint, 'No.');
  const unknown = saidError(apiError({ code: 'newer_than_this_page', status: 409, hint: 'Wait.' }), 'vi');
  assert.deepEqual([unknown.message, unknown.hint], ['No.', 'Wait.']);
  const limited = apiError({ code: 'rate_limited', status: 429, retryAfterSeconds: 5 });
  assert.equal(saidError(limited, 'vi').hint, 'Hãy thử lại sau 5 giây.');
});
