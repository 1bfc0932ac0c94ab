import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { modelsFolder as folderOf } from '../../folders.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { eventually } from '../../platform/cache/cache.contract.ts';
import { openCache } from '../../platform/cache/open.ts';
import {
  RedisServer,
  redisMissing,
  redisServerMissing,
  testRedisUrl,
} from '../../platform/cache/redis-server.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import type { LiveModel } from '../live-models.ts';
import { BAD, GOOD, storeTestModel } from '../testing/test-model.ts';
import { refusal } from '../testing/test-room.ts';
import { ScoringPool } from './pool.ts';
import { ScoringService } from './service.ts';
import { scoresIn } from './shared-scores.ts';

const modelsFolder = folderOf({ ATTUNE_MODELS: undefined });
const interactive = { lane: 'interactive', timeoutMs: 30_000 } as const;
const query = 'What helps against a cold?';

describe('scores that replicas share', async () => {
  let folder: string;
  let blobs: Blobs;
  let idle: URL;
  let onMiniLm: LiveModel;
  let onStatic: LiveModel;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attune-shared-'));
    blobs = await openBlobs(join(folder, 'blobs'));
    onMiniLm = await storeTestModel(blobs, 'model-minilm', 'minilm');
    onStatic = await storeTestModel(blobs);
    const file = join(folder, 'idle.mjs');
    await writeFile(
      file,
      `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ groups }) =>
        parentPort.postMessage({ results: groups.map(() => ({ kind: 'failed', message: 'does no work' })) }));`,
    );
    idle = pathToFileURL(file);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** A replica; with a program in the place of the scorer's, it can score nothing itself. */
  async function replica(t: TestContext, redisUrl: string, prefix: string, program?: URL) {
    const { cache } = await openCache({ redisUrl, log: silentLog, prefix });
    const options = { workers: 1, modelsFolder, log: silentLog };
    const pool = new ScoringPool(program === undefined ? options : { ...options, program });
    t.after(async () => {
      await pool.close();
      await cache.close();
    });
    return { cache, service: new ScoringService(pool, blobs, scoresIn(cache)) };
  }

  const skip = await redisMissing();

  test('what one has scored is no work for the others', { skip }, async (t) => {
    const prefix = `attune-test:${newId()}:`;
    const one = await replica(t, testRedisUrl, prefix);
    const two = await replica(t, testRedisUrl, prefix, idle);
    const scores = await one.service.score(onMiniLm, { query }, [GOOD, BAD], interactive);
    await eventually(async () => {
      const again = await two.service.score(onMiniLm, { query }, [BAD, GOOD], interactive).catch(() => []);
      return again.length === 2 && again[0]?.reward === scores[1]?.reward;
    });
    assert.deepEqual(await two.service.score(onMiniLm, { query }, [GOOD, BAD], interactive), scores);
    await refusal(
      two.service.score(onMiniLm, { query }, [GOOD, 'Another.'], interactive),
      'scoring_unavailable',
    );
    await refusal(
      two.service.score(onMiniLm, { query: `${query}!` }, [GOOD], interactive),
      'scoring_unavailable',
    );
  });

  test('what the static embedder scores is quicker made than asked for', { skip }, async (t) => {
    const prefix = `attune-test:${newId()}:`;
    const one = await replica(t, testRedisUrl, prefix);
    const two = await replica(t, testRedisUrl, prefix, idle);
    await one.service.score(onStatic, { query }, [GOOD], interactive);
    await refusal(two.service.score(onStatic, { query }, [GOOD], interactive), 'scoring_unavailable');
  });

  test('without Redis, and with one that hangs, texts are scored all the same', {
    skip: redisServerMissing(),
  }, async (t) => {
    const server = await RedisServer.prepare();
    t.after(() => server.kill());
    await server.start();
    const { service, cache } = await replica(t, server.url, '');
    await service.score(onMiniLm, { query }, [GOOD], interactive);
    server.freeze();
    const [, ...frozen] = await service.score(onMiniLm, { query }, [GOOD, BAD], interactive);
    assert.equal(frozen.length, 1);
    server.thaw();
    await server.kill();
    await eventually(async () => (await cache.get('x')) === undefined);
    const scores = await service.score(onMiniLm, { query: `${query}?` }, [GOOD, BAD], interactive);
    assert.ok((scores[0]?.reward ?? 0) > (scores[1]?.reward ?? 1));
  });

  test('what is no score there is not taken for one', async () => {
    const kept = new Map<string, string>();
    const shared = scoresIn({
      get: async (key) => kept.get(key),
      set: async (key, value) => void kept.set(key, value),
    });
    shared.keep(new Map([['a', { reward: 0.5, logit: 0 }]]));
    assert.equal((await shared.find(['a'])).get('a')?.reward, 0.5);
    const [key = ''] = kept.keys();
    for (const other of ['', '{', '{"reward":"high"}', 'null']) {
      kept.set(key, other);
      assert.equal((await shared.find(['a'])).size, 0, other);
    }
  });
});
