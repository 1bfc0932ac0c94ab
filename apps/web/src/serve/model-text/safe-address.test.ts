import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeAddress } from './safe-address.ts';

test('web and mail addresses may be followed', () => {
  assert.equal(safeAddress('https://example.org/a?b=c'), 'https://example.org/a?b=c');
  assert.equal(safeAddress('http://example.org'), 'http://example.org/');
  assert.equal(safeAddress('mailto:a@example.org'), 'mailto:a@example.org');
});

test('nothing else may, however it is written', () => {
  const hostile = [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    '/api/sign-out',
    '//example.org',
    '#sign-in',
    '',
    undefined,
  ];
  for (const address of hostile) assert.equal(safeAddress(address), null, String(address));
});
