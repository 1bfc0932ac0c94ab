import { AttuneError } from '@attune/contracts';
import { queryKey } from '@attune/core';
import type { Curate } from '../curate.ts';
import { openDataset } from './frozen-dataset.ts';

/**
 * Keys of the questions that a frozen data set holds out; none where no data set is given.
 * @throws AttuneError `dataset_not_found`, `dataset_not_ready`
 */
export async function heldOutQuestions(
  curate: Curate,
  organization: string,
  idOrName: string | undefined,
): Promise<ReadonlySet<string>> {
  if (idOrName === undefined) return new Set();
  const dataset = await openDataset(curate, organization, idOrName);
  if (dataset === null) throw new AttuneError('dataset_not_found', { param: 'keep_out' });
  const heldOut = [...dataset.ratings, ...dataset.pairs].filter(({ split }) => split === 'validation');
  return new Set(heldOut.map(({ query }) => queryKey(query)));
}

/** Pages without the rows that are about one of the questions. */
export async function* withoutQuestions<Row extends { readonly query: string }>(
  pages: AsyncIterable<Row[]>,
  questions: ReadonlySet<string>,
): AsyncGenerator<Row[]> {
  for await (const page of pages) yield page.filter(({ query }) => !questions.has(queryKey(query)));
}
