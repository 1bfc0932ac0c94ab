import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AttuneClient, createClient } from '@attune/sdk';
import { databases } from './harness/databases.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

async function importItems(client: AttuneClient, count: number, start = 0): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    data: {
      user_prompt: `Question ${start + index}?`,
      ai_response: `Answer ${start + index}.`,
      rating: 1 + (index % 5),
      user_id: `user-${index}`,
    },
  }));
  for (let at = 0; at < count; at += 1000) {
    const { imported } = await client.importRatings({ body: { rows: rows.slice(at, at + 1000) } });
    assert.equal(imported, Math.min(1000, count - at));
  }
}

/** A reviewer of their own, with a key. */
async function reviewer(server: ServerProcess, name: string): Promise<AttuneClient> {
  const { key } = await server.client.createKey({ body: { name, role: 'curator' } });
  return createClient({ url: server.url, apiKey: key });
}

/** One connection decides much slower than many; what could be lost or doubled shows with fewer, too. */
const sizes = { PGlite: 300, PostgreSQL: 1000 };

for (const database of databases) {
  const size = sizes[database.name];
  describe(`ten reviewers in one queue on ${database.name}`, () => {
    test(`review ${size} items: each once, none twice at a time, none lost, with undo`, async (t) => {
      const prepared = await database.prepare();
      if ('missing' in prepared) return t.skip(prepared.missing);
      const server = await startProcess(await tempFolder(), prepared.settings);
      t.after(() => server.stop());
      await importItems(server.client, size);

      const holders = new Map<string, number>();
      const decided = new Map<string, string>();
      const work = async (index: number) => {
        const client = await reviewer(server, `reviewer ${index}`);
        const order = (['newest', 'oldest', 'teaching', 'random'] as const)[index % 4] ?? 'newest';
        for (let round = 0; ; round += 1) {
          const { items } = await client.reserveNext({ body: { count: 1 + (index % 4), order } });
          if (items.length === 0) return;
          for (const { feedback, review } of items) {
            assert.equal(holders.get(feedback.id), undefined, 'nobody else holds it');
            assert.equal(decided.get(feedback.id), undefined, 'it was not decided before');
            assert.equal(review.reserved?.mine, true);
            holders.set(feedback.id, index);
          }
          for (const { feedback } of items) {
            const action = round % 3 === 0 ? 'reject' : 'approve';
            // From here on the server may give it to others.
            const decide = () => {
              holders.delete(feedback.id);
              decided.set(feedback.id, action);
              return client.decideReview({ body: { ids: [feedback.id], decision: { action } } });
            };
            assert.equal((await decide()).decision.done, 1);
            if (round % 5 === 0) {
              const undone = await client.undoReview({ body: {} });
              assert.deepEqual([undone.restored, undone.skipped], [1, 0]);
              assert.deepEqual(undone.decision.feedback_ids, [feedback.id]);
              assert.deepEqual(undone.held_ids, [feedback.id]);
              assert.equal((await decide()).decision.done, 1);
            }
          }
        }
      };
      await Promise.all(Array.from({ length: 10 }, (_, index) => work(index)));

      assert.equal(decided.size, size);
      assert.equal(holders.size, 0);
      const statuses = { approve: 'approved', reject: 'rejected' } as const;
      for (const [action, status] of Object.entries(statuses)) {
        const expected = [...decided].filter(([, made]) => made === action).length;
        const { count } = await server.client.reviewQueue({ query: { status, limit: 1 } });
        assert.deepEqual(count, { value: expected, exact: true }, action);
      }
      const progress = await server.client.reviewProgress({ query: {} });
      assert.deepEqual(progress.remaining, { value: 0, exact: true });
      assert.equal(progress.done_today.all, size);
      const { queue } = await server.client.liveCounters();
      assert.deepEqual(queue, { pending: { value: 0, exact: true }, reserved: 0, done_today: size });
    });
  });
}
