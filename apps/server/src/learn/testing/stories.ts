import { fileURLToPath } from 'node:url';
import type { SnapshotRating } from '@attune/contracts';

/** A model of 260,000 parameters that writes stories for toddlers: a real policy that trains in seconds. */
export const storyModel = fileURLToPath(
  new URL('../../../../../trainer/tests/fixtures/stories260K-hf', import.meta.url),
);

const friends = ['Lily', 'Tom', 'Mia', 'Ben', 'Sue', 'Tim', 'Amy', 'Max'];
const feedback_id = '01940000-0000-7000-8000-000000000001';

/** Rated stories, one good and one bad for each beginning; every fourth beginning is held out. */
export function storyRatings(beginnings: number): SnapshotRating[] {
  return Array.from({ length: beginnings }, (_, k) => k).flatMap((k) => {
    const query = `Once upon a time, ${friends[k % friends.length]} went out on day ${k}.`;
    const row = {
      type: 'rating' as const,
      split: k % 4 === 3 ? ('validation' as const) : ('train' as const),
      query,
      feedback_id,
    };
    return [
      { ...row, response: ' It was sunny. They were very happy and played all day.', rating: 5 },
      { ...row, response: ' It was dark. They were sad and cried all day.', rating: 1 },
    ];
  });
}
