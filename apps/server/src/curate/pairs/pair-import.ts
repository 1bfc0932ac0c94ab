import { type ImportResult, type importPairs, PairRow, type RequestOf, rowError } from '@attune/contracts';
import { cutContext } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import { pairKey } from './pair-key.ts';
import { insertNewPairs, type NewPair } from './pair-store.ts';

type Rows = RequestOf<typeof importPairs>['body']['rows'];

/** Imports pairs. Bad rows are reported with their line and field; pairs of texts known already are counted. */
export async function importPairRows(
  curate: Curate,
  actor: Actor,
  rows: Rows,
  method: 'import' | 'correction' = 'import',
): Promise<ImportResult> {
  const errors: ImportResult['errors'] = [];
  const fresh = new Map<string, NewPair>();
  let good = 0;
  for (const { line, data } of rows) {
    const filled = withoutEmpty(data);
    const parsed = PairRow.safeParse(filled);
    if (parsed.success) {
      good++;
      const { prompt: query, chosen, rejected } = parsed.data;
      const context = cutContext(parsed.data.context ?? '');
      const key = pairKey({ query, context, chosen, rejected });
      if (!fresh.has(key)) fresh.set(key, toNewPair(curate, actor, { key, method, context }, parsed.data));
    } else errors.push(rowError(line, filled, parsed.error));
  }
  const imported = (await insertNewPairs(curate.db, [...fresh.values()])).length;
  return { imported, already_there: good - imported, errors };
}

function toNewPair(
  curate: Curate,
  actor: Actor,
  { key, method, context }: { key: string; method: 'import' | 'correction'; context: string },
  row: PairRow,
): NewPair {
  return {
    id: newId(),
    organization: actor.organization,
    dataset_id: null,
    query: row.prompt,
    query_context: context,
    chosen_response: row.chosen,
    rejected_response: row.rejected,
    preference_strength: row.strength ?? 1,
    annotator_email: row.annotator_email ?? actor.email,
    annotation_notes: null,
    method,
    source_feedback_ids: [],
    import_key: key,
    created_at: curate.clock.now(),
  };
}

/** Empty fields count as absent: CSV knows no other way to say so. */
function withoutEmpty(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== ''));
}
