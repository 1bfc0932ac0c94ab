import type { FieldSource, FieldSources, ImportTarget } from './propose-mapping.ts';
import { type SourceRow, valueAt } from './source-value.ts';

/** A value that the mapping has no number for. */
export class Unmappable extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * A flat row as the importer of its target takes it; fields without a value are left out. Whether it is complete is for the
 * importer to say.
 * @throws Unmappable when a value is no number and no known label
 */
export function mapRow(target: ImportTarget, fields: FieldSources, row: SourceRow): Record<string, unknown> {
  const text = (source: FieldSource | undefined) =>
    source === undefined ? undefined : plainText(valueAt(row, source.path));
  const { query, context, response, rating, comment, correction, chosen, rejected, strength } = fields;
  const { messages, user_id, session_id, created_at } = fields;
  switch (target) {
    case 'ratings':
      return present({
        user_prompt: text(query),
        context: text(context),
        ai_response: text(response),
        rating: numberOf(row, rating, 1, 5),
        feedback_comment: text(comment),
        user_id: text(user_id),
        created_at: time(text(created_at)),
      });
    case 'pairs':
      return present({
        prompt: text(query),
        context: text(context),
        chosen: text(chosen),
        rejected: text(rejected),
        strength: numberOf(row, strength, 0, 1),
        annotator_email: text(user_id),
      });
    case 'conversations':
      return present({
        messages: messages === undefined ? undefined : valueAt(row, messages.path),
        rating: numberOf(row, rating, 1, 5),
        user_id: text(user_id),
        session_id: text(session_id),
      });
    case 'corrections':
      return present({
        prompt: text(query),
        context: text(context),
        chosen: text(correction),
        rejected: text(response),
      });
  }
}

function present(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function plainText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** A time in any notation that can be read, in the one that Attune keeps; what can't be read is left for the importer to refuse. */
function time(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

/** A value on the scale of its source, moved to the scale from `lowest` to `highest`. */
function numberOf(
  row: SourceRow,
  source: FieldSource | undefined,
  lowest: number,
  highest: number,
): number | undefined {
  const value = source === undefined ? undefined : valueAt(row, source.path);
  if (source === undefined || value === undefined || value === null || value === '') return undefined;
  const labelled = source.labels?.[String(value)];
  if (labelled !== undefined) return labelled;
  const number = typeof value === 'boolean' ? Number.NaN : Number(value);
  if (Number.isNaN(number)) {
    throw new Unmappable(
      source.path,
      `"${String(value).slice(0, 80)}" is no number and stands in no label of the mapping.`,
    );
  }
  if (source.scale === undefined) return number;
  const share = (number - source.scale.lowest) / (source.scale.highest - source.scale.lowest);
  return lowest + share * (highest - lowest);
}
