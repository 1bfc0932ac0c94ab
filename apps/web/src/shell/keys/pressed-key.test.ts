import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KeyPress, pressedKey } from './pressed-key.ts';

const press = (key: string, more: Partial<KeyPress> = {}): string | null =>
  pressedKey({
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    isComposing: false,
    keyCode: 65,
    defaultPrevented: false,
    ...more,
  });

test('a key pressed alone has its name', () => {
  assert.equal(press('a'), 'a');
  assert.equal(press('A', { shiftKey: true }), 'A');
  assert.equal(press('A'), 'a', 'Caps Lock is no Shift');
  assert.equal(press('?', { shiftKey: true }), '?');
  assert.equal(press('ArrowDown'), 'ArrowDown');
  assert.equal(press('Đ'), 'đ');
});

test('keys of the browser, of an input method and of elements are left alone', () => {
  assert.equal(press('a', { ctrlKey: true }), null);
  assert.equal(press('a', { metaKey: true }), null);
  assert.equal(press('a', { altKey: true }), null);
  assert.equal(press('a', { isComposing: true }), null);
  assert.equal(press('a', { keyCode: 229 }), null);
  assert.equal(press('Process'), null);
  assert.equal(press('ArrowDown', { defaultPrevented: true }), null);
});
