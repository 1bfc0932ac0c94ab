import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from './report-blocks.ts';
import { htmlOf } from './report-html.ts';
import { markdownOf } from './report-markdown.ts';

const nasty = '<script>alert(1)</script> [here](https://evil.example) ![x](www.evil.example) `a` | # b *c*';
const blocks: Block[] = [
  { kind: 'title', text: 'Weekly report' },
  { kind: 'heading', text: 'What people write' },
  { kind: 'paragraph', text: `1. ${nasty}` },
  { kind: 'list', items: [nasty, 'two\nlines'] },
  { kind: 'quotes', items: [nasty] },
  { kind: 'table', head: ['a', 'b'], rows: [['x | y', nasty]] },
];

test('Markdown of what people wrote is text: no HTML, link, image, code or table comes of it', () => {
  const text = markdownOf(blocks);
  assert.match(text, /^# Weekly report\n\n## What people write\n/);
  assert.ok(!/(?<!\\)<script|(?<!\\)\]\(|https:\/\/|www\.evil|(?<!\\)`/.test(text), text);
  assert.match(text, /\\<script\\>alert\(1\)/);
  assert.match(text, /- two lines\n/);
  assert.match(text, /\| a \| b \|\n\| --- \| --- \|\n\| x \\\| y \|/);
});

test('HTML is whole, says that it runs nothing, and escapes every text', () => {
  const html = htmlOf(blocks);
  assert.match(html, /^<!doctype html>/);
  assert.match(html, /default-src 'none'/);
  assert.ok(!/<script|<img|<a /.test(html));
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.match(html, /<td>x \| y<\/td>/);
});
