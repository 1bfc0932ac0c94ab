import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { modelsFolder as folderOf } from '../../folders.ts';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { silentLog } from '../../platform/log.ts';
import type { LiveModel } from '../live-models.ts';
import { ScoringTimeout } from '../scorer.ts';
import { BAD, GOOD, storeTestModel } from '../testing/test-model.ts';
import { refusal } from '../testing/test-room.ts';
import { ScoringPool } from './pool.ts';
import { ScoringService } from './service.ts';

const modelsFolder = folderOf({ ATTUNE_MODELS: undefined });
const interactive = { lane: 'interactive', timeoutMs: 30_000 } as const;
const query = 'What helps against a cold?';

describe('scoring', () => {
  let folder: string;
  let blobs: Blobs;
  let model: LiveModel;
  const pools: ScoringPool[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attune-scoring-'));
    blobs = await openBlobs(join(folder, 'blobs'));
    model = await storeTestModel(blobs);
  });
  after(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await rm(folder, { recursive: true, force: true });
  });

  function open(workers = 1, program?: URL) {
    const options = { workers, modelsFolder, log: silentLog };
    const pool = new ScoringPool(program === undefined ? options : { ...options, program });
    pools.push(pool);
    return { pool, service: new ScoringService(pool, blobs, null) };
  }

  /** A thread that does as its first text says: a stand-in for one that dies or hangs. */
  async function misbehaving(): Promise<URL> {
    const file = join(folder, 'misbehaving.mjs');
    await writeFile(
      file,
      `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ groups }) => {
        const text = groups[0].responses[0];
        if (text === 'die') process.exit(1);
        if (text === 'hang') return;
        const results = groups.map(({ responses }) => ({ kind: 'scores', scores: responses.map(() => ({ reward: 0.5, logit: 0 })) }));
        parentPort.postMessage({ results });
      });`,
    );
    return pathToFileURL(file);
  }

  test('answers are scored in order', async () => {
    const { service } = open();
    const [good, bad] = await service.score(model, { query }, [GOOD, BAD], interactive);
    assert.ok((good?.reward ?? 0) > (bad?.reward ?? 1));
  });

  test('a score depends on nothing but the model, the question and the answer', async () => {
    const texts = Array.from(
      { length: 300 },
      (_, n) => `${n % 2 === 0 ? GOOD : BAD} ${'And so on. '.repeat(n % 23)}${n}`,
    );
    const alone = open();
    const one = await alone.service.score(model, { query }, [texts[17] ?? ''], interactive);
    const crowd = open(2);
    const others = texts.map((text, n) =>
      crowd.service.score(model, { query: n % 3 === 0 ? query : `${query} ${n}` }, [text], interactive),
    );
    const together = await crowd.service.score(model, { query }, texts, { ...interactive, lane: 'bulk' });
    await Promise.all(others);
    assert.deepEqual(together[17], one[0]);
  });

  test('a model on MiniLM is scored with MiniLM, next to one on the static embedder', async () => {
    const onMiniLm = await storeTestModel(blobs, 'model-minilm', 'minilm');
    const { service } = open();
    const [scores, others] = await Promise.all([
      service.score(onMiniLm, { query }, [GOOD, BAD], interactive),
      service.score(model, { query }, [GOOD, BAD], interactive),
    ]);
    assert.ok((scores[0]?.reward ?? 0) > (scores[1]?.reward ?? 1));
    assert.notDeepEqual(scores, others);
  });

  test('a model is loaded in every thread ahead of its first text', async () => {
    const file = join(folder, 'counting.mjs');
    await writeFile(
      file,
      `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ models, groups }) => {
        const results = groups.map(({ responses }) =>
          ({ kind: 'scores', scores: responses.map(() => ({ reward: 0.5, logit: models.length })) }));
        parentPort.postMessage({ results });
      });`,
    );
    const { service } = open(3, pathToFileURL(file));
    await service.load(model);
    // Each thread says how many models came with its text: none, since it has this one.
    const texts = ['one', 'two', 'three'];
    const scores = await Promise.all(
      texts.map((text) => service.score(model, { query }, [text], interactive)),
    );
    assert.deepEqual(
      scores.map(([score]) => score?.logit),
      [0, 0, 0],
    );
  });

  test('a model that cannot be loaded says so; who waits for one when the pool closes is told', async () => {
    const { service } = open();
    const damaged = { modelId: 'damaged', artifactSha256: await blobs.put(Buffer.from('no model')) };
    await refusal(service.load(damaged), 'scoring_unavailable');
    const held = open(1, await misbehaving());
    await held.service.score(model, { query }, ['the thread is there'], interactive);
    const hanging = assert.rejects(held.service.score(model, { query }, ['hang'], interactive));
    // Its text is with the thread before anything else is asked.
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = assert.rejects(held.service.load(model));
    await new Promise((resolve) => setImmediate(resolve));
    await held.pool.close();
    await Promise.all([hanging, waiting]);
    await refusal(held.service.load(model), 'scoring_unavailable');
  });

  test('equal texts of one call, and known ones, get equal scores', async () => {
    const { service } = open();
    const [a, b] = await service.score(model, { query }, [GOOD, GOOD], interactive);
    const [c] = await service.score(model, { query }, [GOOD], interactive);
    assert.deepEqual(a, b);
    assert.deepEqual(a, c);
  });

  test('a model that is not there, or damaged, is scoring_unavailable and harms no one else', async () => {
    const { service } = open();
    const lost = { modelId: 'lost', artifactSha256: 'e'.repeat(64) };
    const damaged = { modelId: 'damaged', artifactSha256: await blobs.put(Buffer.from('no model at all')) };
    const outcomes = [
      refusal(service.score(lost, { query }, [GOOD], interactive), 'scoring_unavailable'),
      refusal(service.score(damaged, { query }, [GOOD], interactive), 'scoring_unavailable'),
      service.score(model, { query }, [GOOD], interactive),
    ];
    await Promise.all(outcomes);
  });

  test('a thread that dies is replaced; only who waited for it is told', async () => {
    const { service } = open(1, await misbehaving());
    await refusal(service.score(model, { query }, ['die'], interactive), 'scoring_unavailable');
    const [score] = await service.score(model, { query }, ['live'], interactive);
    assert.equal(score?.reward, 0.5);
  });

  test('who cannot wait any longer hears so, and what nobody waits for is not scored', async () => {
    const { service, pool } = open(1, await misbehaving());
    const hanging = assert.rejects(
      service.score(model, { query }, ['hang'], { ...interactive, timeoutMs: 50 }),
      ScoringTimeout,
    );
    await hanging;
    await assert.rejects(
      service.score(model, { query }, ['behind'], { ...interactive, timeoutMs: 50 }),
      ScoringTimeout,
    );
    assert.equal(pool.waiting, 1);
  });

  test('too much waiting is overload', async () => {
    const { service } = open(1, await misbehaving());
    const held = service.score(model, { query }, ['hang'], { ...interactive, timeoutMs: 500 });
    const flood = Array.from({ length: 50_001 }, (_, n) => `text ${n}`);
    await refusal(service.score(model, { query }, flood, interactive), 'overloaded');
    await assert.rejects(held, ScoringTimeout);
  });

  test('after closing nothing is scored and nobody is left waiting', async () => {
    const { service, pool } = open(1, await misbehaving());
    const held = service.score(model, { query }, ['hang'], interactive);
    const waiting = service.score(model, { query }, ['behind'], interactive);
    const outcomes = Promise.allSettled([held, waiting]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await pool.close();
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await refusal(service.score(model, { query }, ['later'], interactive), 'scoring_unavailable');
  });

  test('texts become unit vectors of the static embedder', async () => {
    const { service } = open();
    const { vectors, embedder } = await service.embed([GOOD, BAD], interactive);
    assert.match(embedder, /^minilm-static-256@/);
    assert.deepEqual(
      vectors.map(({ length }) => length),
      [256, 256],
    );
  });
});
