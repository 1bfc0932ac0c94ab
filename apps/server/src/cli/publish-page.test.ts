import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { publishPage } from './publish-page.ts';

async function folderWith(t: TestContext, files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-page-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

test('a new build takes the place of the last, whose assets stay for pages that are open', async (t) => {
  const place = await folderWith(t, {
    'index.html': 'one',
    'index.html.br': 'one, compressed',
    'assets/one.js': '1',
    'assets/ancient.js': '0',
  });
  const longAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(place, 'assets/ancient.js'), longAgo, longAgo);
  await publishPage(await folderWith(t, { 'index.html': 'two', 'assets/two.js': '2' }), place);
  assert.equal(await readFile(join(place, 'index.html'), 'utf8'), 'two');
  assert.deepEqual(await namesIn(place), ['index.html', 'one.js', 'two.js']);
});

test('several servers publish the same page at once', async (t) => {
  const place = join(await folderWith(t), 'dist');
  const files = { 'index.html': 'page', 'assets/a.js': 'a', 'assets/b.css': 'b' };
  const builds = await Promise.all(Array.from({ length: 8 }, () => folderWith(t, files)));
  await Promise.all(builds.map((build) => publishPage(build, place)));
  assert.deepEqual(await namesIn(place), ['a.js', 'b.css', 'index.html']);
});
