import type { Person } from './people.ts';

const topics = [
  { words: 'mask', tag: 'masks' },
  { words: 'test', tag: 'testing' },
  { words: 'visa', tag: 'visas' },
  { words: 'school', tag: 'schools' },
  { words: 'clean', tag: 'cleaning' },
] as const;
/** Items of a topic that somebody goes through. */
const REVIEWED = 40;

export interface Curated {
  /** A pair that is in no data set, so that it can be changed. */
  readonly pair: string;
  /** A pending feedback of a reader who said why. */
  readonly item: string;
}

/** Reviews by topic, pairs from feedback and by hand, and data sets in several states. */
export async function curate({ client }: Person): Promise<Curated> {
  for (const { words, tag } of topics) {
    const { items } = await client.reviewQueue({ query: { q: words, limit: REVIEWED } });
    if (items.length === 0) throw new Error(`No feedback is about ${words}.`);
    const ids = items.map(({ feedback }) => feedback.id);
    await client.decideReview({ body: { decision: { action: 'tag', tags: [tag] }, ids } });
    // Who said why is believed; the others wait for another look.
    const said = items.filter(({ feedback }) => (feedback.text_feedback ?? '') !== '');
    const approved = said.map(({ feedback }) => feedback.id);
    if (approved.length > 0)
      await client.decideReview({ body: { decision: { action: 'approve' }, ids: approved } });
  }
  await freeze(client, 'visa answers', { tags: ['visas'], pairs: null });
  await freeze(client, 'approved only', { statuses: ['approved'], pairs: null });
  await client.createDataset({
    body: { name: 'masks', dataset_type: 'dpo', query: { tags: ['masks'], pairs: null } },
  });
  await client.pairsFromFeedback({ body: { query: { last_days: 60 } } });
  return { pair: await pairToShow(client), item: await itemToShow(client) };
}

/** Characters of an answer that fills the editor and can be seen as a whole. */
const SEEN_WHOLE = 500;

/** A pair by hand, of one that is frozen already: the worse answer breaks off one sentence before its end. */
async function pairToShow(client: Person['client']): Promise<string> {
  const { items } = await client.listPairs({ query: { limit: 200 } });
  const off = ({ chosen_response, rejected_response }: (typeof items)[number]) =>
    Math.max(...[chosen_response, rejected_response].map(({ length }) => Math.abs(length - SEEN_WHOLE)));
  const [nearest] = items.toSorted((a, b) => off(a) - off(b));
  if (nearest === undefined) throw new Error('There is no pair for a picture.');
  const { query, chosen_response, rejected_response } = nearest;
  const shorter = rejected_response.slice(0, rejected_response.lastIndexOf('. ') + 1);
  const { id } = await client.createPair({
    body: { query, chosen_response, rejected_response: shorter, preference_strength: 0.9 },
  });
  return id;
}

async function freeze(client: Person['client'], name: string, query: object): Promise<void> {
  const { id } = await client.createDataset({ body: { name, query } });
  await client.updateDataset({ params: { id }, body: { status: 'ready' } });
}

/** The first that is short enough to be seen as a whole. */
async function itemToShow(client: Person['client']): Promise<string> {
  const query = { source: 'user', has_comment: true, max_rating: 2, limit: 200 } as const;
  const { items } = await client.reviewQueue({ query });
  const short = items.find(
    ({ feedback }) => feedback.reward_model !== null && feedback.response.length < 700,
  );
  if (short === undefined) throw new Error('No feedback is short enough for a picture.');
  return short.feedback.id;
}
