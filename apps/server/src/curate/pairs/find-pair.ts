import { AttuneError } from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { type PairRow, pairById } from './pair-store.ts';

/** @throws AttuneError `pair_not_found` */
export async function findPair({ db }: Curate, organization: string, id: string): Promise<PairRow> {
  const pair = await pairById(db, organization, id);
  if (pair === null) throw new AttuneError('pair_not_found');
  return pair;
}

/**
 * A pair that can still be changed: pairs join a data set when it is frozen, never before.
 * @throws AttuneError `pair_not_found` or `dataset_frozen`
 */
export async function findFreePair(curate: Curate, organization: string, id: string): Promise<PairRow> {
  const pair = await findPair(curate, organization, id);
  if (pair.dataset_id !== null) throw new AttuneError('dataset_frozen');
  return pair;
}
