import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { artefacts, root } from './artefacts.ts';

for (const [path, content] of Object.entries(artefacts)) {
  test(`${path} is as its declarations make it`, async () => {
    const now = await readFile(join(root, path), 'utf8');
    assert.equal(now, content(), `${path} has drifted: run \`node e2e/artefacts.ts\``);
  });
}
