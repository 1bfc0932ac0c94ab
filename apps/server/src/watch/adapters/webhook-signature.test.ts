import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSigningSecret, signatureHeaders } from './webhook-signature.ts';

test('signs as the Standard Webhooks specification says', () => {
  // Worked out with `openssl dgst -sha256 -hmac` over the same bytes; the secret is "0123456789abcdef01234567".
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
  const at = new Date(1_674_087_231_000);
  assert.deepEqual(signatureHeaders(secret, { id: 'msg_1', at, body: '{"test": 2432232314}' }), {
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1674087231',
    'webhook-signature': 'v1,INlWEM1KnaIXfRzEXQCG+eI1EKaN6n4Y241p2KRhiDY=',
  });
  assert.match(newSigningSecret(), /^whsec_[A-Za-z0-9+/]{43}=$/);
});
