import { api } from '../../../shell/api.ts';
import type { ReadLines } from './read-lines.ts';

export const itemSources = ['pairs', 'answers', 'feedback', 'rows'] as const;
export type ItemSource = (typeof itemSources)[number];

/** Where items are to come from. */
export interface Wanted {
  readonly from: ItemSource;
  /** At most so many; a file is read whole. */
  readonly limit: number;
  readonly rows: ReadLines['rows'];
}

export type Added = Awaited<ReturnType<typeof api.addJudgingItems>>;

/** As many rows as the server takes at once. */
const BATCH = 2000;

/** Adds items to a project, or says what would be added. */
export async function addItems(id: string, { from, limit, rows }: Wanted, preview: boolean): Promise<Added> {
  const params = { id };
  if (from !== 'rows') return api.addJudgingItems({ params, body: { from, limit, preview } });
  const parts: Added[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    parts.push(await api.addJudgingItems({ params, body: { from, rows: batch, preview } }));
  }
  return {
    added: parts.reduce((sum, part) => sum + part.added, 0),
    already_there: parts.reduce((sum, part) => sum + part.already_there, 0),
    left_out: parts.flatMap((part) => part.left_out),
    errors: parts.flatMap((part) => part.errors),
    sample: parts.flatMap((part) => part.sample).slice(0, 10),
  };
}
