import { AttuneError, type ImportedPreferences } from '@attune/contracts';
import { z } from 'zod';
import { artifactsOf } from '../artifact-store.ts';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { ModelPreference } from '../needs.ts';

/** Where a run of the recipe `constitutional` leaves its preferences. */
const FILE = 'data/preferences.jsonl';

const Vote = z.enum(['first', 'second', 'unreadable']);
const Row = z.object({
  query: z.string().min(1),
  context: z.string().optional(),
  chosen: z.string().min(1),
  rejected: z.string().min(1),
  strength: z.number().min(0).max(1),
  source: z.literal('model'),
  model: z.string().min(1),
  principle: z.string(),
  votes: z.object({ in_order: Vote, swapped: Vote }),
});

/**
 * Brings the AI preferences of a run into review, each once however often this is called.
 * @throws AttuneError `artifact_not_found` when the run has none, `invalid_request` naming a line that is no preference
 */
export async function importPreferences(
  { needs, platform }: Learn,
  job: JobRow,
): Promise<ImportedPreferences> {
  const file = (await artifactsOf(platform.database.sql, job)).find(({ name }) => name === FILE);
  const bytes = file === undefined ? undefined : await platform.blobs.get(file.sha256);
  if (bytes === undefined) {
    throw new AttuneError('artifact_not_found', { message: 'This run has left no preferences.' });
  }
  const rows = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [preferenceIn(line, index + 1)]));
  const imported = await needs.preferences.add(job.organization, job.id, rows);
  return { imported, already_there: rows.length - imported };
}

function preferenceIn(line: string, number: number): ModelPreference {
  const row = Row.safeParse(z.json().parse(JSON.parse(line)));
  if (row.success) return row.data;
  const why = row.error.issues[0]?.path.join('.') ?? '';
  throw new AttuneError('invalid_request', {
    message: `Line ${number} of ${FILE} is no preference: ${why}`,
  });
}
