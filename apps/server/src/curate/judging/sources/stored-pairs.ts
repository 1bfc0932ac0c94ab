import { AttuneError, type PairMethod } from '@attune/contracts';
import type { Db } from '../judging.ts';
import type { NewItem } from './new-item.ts';

/** Which preference pairs to judge. */
export interface PairChoice {
  readonly dataset_id?: string | undefined;
  readonly method?: PairMethod | undefined;
  readonly limit: number;
}

/**
 * Preference pairs to be judged once more, newest first; those that come from judging are not.
 * @throws AttuneError `dataset_not_found`
 */
export async function itemsFromPairs(
  db: Db,
  organization: string,
  { dataset_id, method, limit }: PairChoice,
): Promise<NewItem[]> {
  let query = db
    .selectFrom('preference_pairs')
    .select(['id', 'query', 'query_context', 'chosen_response', 'rejected_response'])
    .where('organization', '=', organization)
    .where('method', '<>', 'judged');
  if (dataset_id !== undefined) {
    await requireDataset(db, organization, dataset_id);
    query = query.where('dataset_id', '=', dataset_id);
  }
  if (method !== undefined) query = query.where('method', '=', method);
  const pairs = await query.orderBy('id', 'desc').limit(limit).execute();
  return pairs.map((pair) => ({
    kind: 'item',
    query: pair.query,
    context: pair.query_context || null,
    responses: [pair.chosen_response, pair.rejected_response].map((text) => ({
      text,
      model: null,
      score: null,
    })),
    known: null,
    source: { kind: 'pair', id: pair.id },
  }));
}

async function requireDataset(db: Db, organization: string, id: string): Promise<void> {
  const row = await db
    .selectFrom('training_datasets')
    .select('id')
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new AttuneError('dataset_not_found', { param: 'dataset_id' });
}
