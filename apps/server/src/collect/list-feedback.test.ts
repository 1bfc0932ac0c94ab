import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AttuneError } from '@attune/contracts';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { encodeCursor } from '../platform/http/page.ts';
import { openTestCollect, type TestCollect } from './testing/open-test-collect.ts';

/** 40 rows, several within one microsecond-precise moment, in two organisations. */
async function fill({ database, organization, stranger }: TestCollect): Promise<void> {
  await sql`
    INSERT INTO rlhf_feedback (organization, person, query, response, response_id, session_id, user_id, feedback_type,
      rating_overall, status, source, tags, created_at)
    SELECT CASE WHEN g > 36 THEN ${stranger.organization} ELSE ${organization} END, 'p' || g, 'q' || g, 'a', gen_random_uuid(),
      's' || g % 4, 'u' || g % 3, CASE WHEN g % 2 = 0 THEN 'rating' ELSE 'detailed' END, 1 + g % 5,
      CASE WHEN g % 6 = 0 THEN 'approved' ELSE 'pending' END, CASE WHEN g % 9 = 0 THEN 'expert' ELSE 'user' END,
      CASE WHEN g % 4 = 0 THEN ARRAY['x', 'y'] ELSE '{}'::text[] END,
      timestamptz '2026-01-01T00:00:00Z' + (g / 4) * interval '1.000007 seconds'
    FROM generate_series(1, 40) g`.execute(database.sql);
}

async function pages(room: TestCollect, query: Record<string, unknown>): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof room.call<'listFeedback'>>> = await room.call('listFeedback', {
      query: { ...query, ...(cursor !== null && { cursor }) },
    });
    found.push(page.items.map((item) => item.query));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found;
}

const numbered = (keep: (g: number) => boolean) =>
  Array.from({ length: 36 }, (_, index) => index + 1)
    .filter(keep)
    .map((g) => `q${g}`);

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`the list of feedback on ${kind}`, { skip }, () => {
    test('goes through everything once, in order, whatever the page size', async () => {
      const room = await openTestCollect(kind);
      await fill(room);
      for (const limit of [1, 7, 36, 200]) {
        const newest = (await pages(room, { limit })).flat();
        const oldest = (await pages(room, { limit, order: 'oldest' })).flat();
        assert.deepEqual(newest.toSorted(), numbered(() => true).sort());
        assert.deepEqual(oldest, newest.toReversed());
      }
      assert.equal((await pages(room, { limit: 12 })).length, 3);
    });

    test('is not disturbed by new feedback between two pages', async () => {
      const room = await openTestCollect(kind);
      await fill(room);
      const first = await room.call('listFeedback', { query: { limit: 10 } });
      await room.call('giveFeedback', { body: { response_id: room.answered(), rating: 1 } });
      const second = await room.call('listFeedback', {
        query: { limit: 30, cursor: first.next_cursor ?? '' },
      });
      const seen = [...first.items, ...second.items].map(({ query }) => query);
      assert.deepEqual(seen.toSorted(), numbered(() => true).sort());
    });

    test('obeys every filter', async () => {
      const room = await openTestCollect(kind);
      await fill(room);
      const cases: [Record<string, unknown>, (g: number) => boolean][] = [
        [{ status: 'approved' }, (g) => g % 6 === 0],
        [{ status: 'flagged' }, () => false],
        [{ source: 'expert' }, (g) => g % 9 === 0],
        [{ feedback_type: 'rating' }, (g) => g % 2 === 0],
        [{ session_id: 's1' }, (g) => g % 4 === 1],
        [{ user_id: 'u2' }, (g) => g % 3 === 2],
        [{ user_id: 'u2\u0000' }, () => false],
        [{ min_rating: 4 }, (g) => 1 + (g % 5) >= 4],
        [{ max_rating: 2 }, (g) => 1 + (g % 5) <= 2],
        [{ min_rating: 2, max_rating: 3 }, (g) => [2, 3].includes(1 + (g % 5))],
        [{ tag: 'y' }, (g) => g % 4 === 0],
        [{ tag: 'x', status: 'approved', min_rating: 3 }, (g) => g % 12 === 0 && 1 + (g % 5) >= 3],
        [{ after: '2026-01-01T00:00:05.0000Z' }, (g) => Math.floor(g / 4) >= 5],
        [{ before: '2026-01-01T01:00:05+01:00' }, (g) => Math.floor(g / 4) < 5],
      ];
      for (const [query, keep] of cases) {
        assert.deepEqual(
          (await pages(room, query)).flat().sort(),
          numbered(keep).sort(),
          JSON.stringify(query),
        );
      }
    });

    test('by answer', async () => {
      const room = await openTestCollect(kind);
      const response_id = room.answered();
      await room.call('giveFeedback', { body: { response_id: room.answered(), rating: 1 } });
      const { id } = await room.call('giveFeedback', { body: { response_id, rating: 1 } });
      const { items } = await room.call('listFeedback', { query: { response_id } });
      assert.deepEqual(
        items.map((item) => item.id),
        [id],
      );
    });

    test('shows nothing of another organisation', async () => {
      const room = await openTestCollect(kind);
      await fill(room);
      const { items } = await room.call('listFeedback', {}, room.stranger);
      assert.deepEqual(items.map(({ query }) => query).sort(), ['q37', 'q38', 'q39', 'q40']);
    });
  });
}

test('a cursor that is not ours is refused', async () => {
  const room = await openTestCollect('pglite');
  const id = '019aa2f0-0000-7000-8000-000000000001';
  for (const cursor of [
    'x',
    encodeCursor([id]),
    encodeCursor(['2026-13-45T00:00:00.000000Z', id]),
    encodeCursor(['2026-01-01T00:00:00.000000Z', "'"]),
  ]) {
    await assert.rejects(
      room.call('listFeedback', { query: { cursor } }),
      (error: unknown) => error instanceof AttuneError && error.code === 'invalid_cursor',
      cursor,
    );
  }
});
