import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

const folder = join(import.meta.dirname, '..');

test('@attune/react is built within its limits, and renders on a server', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'build.ts')]);
  assert.match(stdout, /message-feedback\.js: \d+ bytes/);
  const { AttuneProvider, MessageFeedback, vietnamese } = await import(
    join(folder, 'dist/message-feedback.js')
  );
  const html = renderToString(
    createElement(
      AttuneProvider,
      { baseUrl: 'https://attune.example.com', labels: vietnamese },
      createElement(MessageFeedback, {
        responseId: '0198c0de-0000-7000-8000-000000000001',
        feedbackToken: 't',
      }),
    ),
  );
  assert.match(html, /aria-label="Câu trả lời tốt"/);
});
