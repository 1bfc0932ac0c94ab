import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileText } from './file-text.ts';

test('UTF-8 and marked UTF-16 are read, and nothing else is guessed', () => {
  assert.equal(fileText(Buffer.from('Brücke')), 'Brücke');
  assert.equal(fileText(Buffer.from('\uFEFFBrücke', 'utf16le')), 'Brücke');
  assert.equal(fileText(Buffer.from('\uFEFFBrücke', 'utf16le').swap16()), 'Brücke');
  assert.equal(fileText(Buffer.from('Brücke', 'latin1')), null);
});
