import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSecretBox, SecretUnreadable } from './secret-box.ts';

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'attune-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

test('what is sealed is opened by every replica of the data folder, and by no other', async (t) => {
  const path = await folder(t);
  const [one, two] = await Promise.all([openSecretBox(path), openSecretBox(path)]);
  const sealed = one.seal('pässword');
  assert.equal(two.open(sealed), 'pässword');
  assert.ok(!sealed.includes('password') && sealed !== one.seal('pässword'));
  assert.equal((await stat(join(path, 'secrets.key'))).mode & 0o777, 0o600);
  const stranger = await openSecretBox(await folder(t));
  assert.throws(() => stranger.open(sealed), SecretUnreadable);
  assert.throws(() => one.open(`${sealed.slice(0, -8)}AAAAAAA=`), SecretUnreadable);
  assert.throws(() => one.open('plain'), SecretUnreadable);
});
