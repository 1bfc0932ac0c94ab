import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GroupCommit, Overloaded } from './group-commit.ts';
import { DatabaseUnavailable } from './unavailable.ts';

interface Row {
  id: number;
  bad?: boolean;
}

/** A flush that the test lets through, batch by batch. */
function controlled() {
  const batches: number[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const flush = (rows: readonly Row[]) => {
    batches.push(rows.map(({ id }) => id));
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async () => {
    gates.shift()?.resolve();
    await settled();
  };
  const fail = async (error: Error) => {
    gates.shift()?.reject(error);
    await settled();
  };
  return { batches, flush, pass, fail };
}

/** A flush that refuses any batch with a bad row in it. */
function picky() {
  const written: number[] = [];
  const batches: number[] = [];
  const flush = async (rows: readonly Row[]) => {
    batches.push(rows.length);
    await Promise.resolve();
    if (rows.some(({ bad }) => bad)) throw new RangeError('bad row');
    written.push(...rows.map(({ id }) => id));
  };
  return { written, batches, flush };
}

describe('group commit', () => {
  test('flushes the first row at once and what comes meanwhile together, in order', async () => {
    const { batches, flush, pass } = controlled();
    const group = new GroupCommit<Row>({ flush });
    const done: number[] = [];
    const writes = [1, 2, 3, 4].map((id) => group.write({ id }).then(() => done.push(id)));
    assert.deepEqual(batches, [[1]]);
    assert.equal(group.waiting, 3);
    await pass();
    assert.deepEqual(batches, [[1], [2, 3, 4]]);
    assert.deepEqual(done, [1], 'nothing is acknowledged before its flush is through');
    await pass();
    await Promise.all(writes);
    assert.deepEqual(done, [1, 2, 3, 4]);
  });

  test('cuts batches at their limit', async () => {
    const { written, batches, flush } = picky();
    const group = new GroupCommit<Row>({ flush, batchRows: 4 });
    await Promise.all(Array.from({ length: 10 }, (_, id) => group.write({ id })));
    assert.deepEqual(batches, [1, 4, 4, 1]);
    assert.deepEqual(written, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('rejects at once what goes beyond the queue, and takes rows again when it has room', async () => {
    const { flush, pass } = controlled();
    const group = new GroupCommit<Row>({ flush, queueRows: 2 });
    const first = [1, 2, 3].map((id) => group.write({ id }));
    await assert.rejects(group.write({ id: 4 }), Overloaded);
    await pass();
    const later = group.write({ id: 5 });
    await pass();
    await pass();
    await Promise.all([...first, later]);
  });

  test('one bad row does not sink its mates', async () => {
    const { written, flush } = picky();
    const group = new GroupCommit<Row>({ flush });
    const rows = [{ id: 1 }, { id: 2 }, { id: 3, bad: true }, { id: 4 }];
    const results = await Promise.allSettled(rows.map((row) => group.write(row)));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(written, [1, 2, 4]);
  });

  test('does not hammer a database that is away with single rows', async () => {
    const { batches, flush, pass, fail } = controlled();
    const group = new GroupCommit<Row>({ flush });
    const results = Promise.allSettled([1, 2, 3].map((id) => group.write({ id })));
    await pass();
    await fail(new DatabaseUnavailable('away'));
    assert.deepEqual(
      (await results).map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected'],
    );
    assert.deepEqual(batches, [[1], [2, 3]]);
    const again = group.write({ id: 4 });
    await pass();
    await again;
  });

  test('two rows of one key never share a batch', async () => {
    const batches: string[][] = [];
    const group = new GroupCommit<{ key: string; value: number }>({
      keyOf: ({ key }) => key,
      flush: async (rows) => void batches.push(rows.map(({ key, value }) => key + value)),
    });
    const rows = [
      ['a', 0],
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
      ['b', 5],
    ] as const;
    await Promise.all(rows.map(([key, value]) => group.write({ key, value })));
    assert.deepEqual(batches, [['a0'], ['a1', 'b2'], ['a3', 'c4', 'b5']]);
  });

  test('drain waits for everything, also for what arrives while it waits', async () => {
    const { written, flush } = picky();
    const group = new GroupCommit<Row>({ flush });
    const first = group.write({ id: 1 });
    const drained = group.drain();
    const second = group.write({ id: 2 });
    await drained;
    assert.deepEqual(written, [1, 2]);
    await Promise.all([first, second]);
    await group.drain();
  });

  test('a flush that throws before it returns a promise is a rejection', async () => {
    const group = new GroupCommit<Row>({
      flush: () => {
        throw new TypeError('no promise');
      },
    });
    await assert.rejects(group.write({ id: 1 }), TypeError);
  });
});
