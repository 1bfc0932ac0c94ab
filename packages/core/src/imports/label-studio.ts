import { isRecord, type SourceRow } from './source-value.ts';

/**
 * Label Studio's JSON export: a task with its `annotations`, each a list of results (Label Studio, "Label Studio JSON format
 * of annotated tasks"). JSON-MIN rows are flat already.
 */
export function isLabelStudio(row: SourceRow): boolean {
  return (
    (isRecord(row.data) && Array.isArray(row.annotations)) || ('annotation_id' in row && 'annotator' in row)
  );
}

/** One row for each annotation that wasn't cancelled. */
export function fromLabelStudio(row: SourceRow): SourceRow[] {
  if (!isRecord(row.data) || !Array.isArray(row.annotations)) return [{ ...row, user_id: row.annotator }];
  const { data } = row;
  return row.annotations
    .filter(isRecord)
    .filter(
      ({ was_cancelled, result }) => was_cancelled !== true && Array.isArray(result) && result.length > 0,
    )
    .map((annotation) => {
      const results = (Array.isArray(annotation.result) ? annotation.result : []).filter(isRecord);
      return {
        data,
        answers: Object.fromEntries(results.map((result) => [String(result.from_name), resultOf(result)])),
        ...selectedPair(results, data),
        user_id: annotatorOf(annotation.completed_by),
        created_at: annotation.created_at,
      };
    });
}

function annotatorOf(by: unknown): string | undefined {
  if (isRecord(by)) return String(by.email ?? by.id ?? '');
  return by === undefined || by === null ? undefined : String(by);
}

/** A result's value: stars, the first choice, or the lines of a text area. */
function resultOf({ value }: SourceRow): unknown {
  if (!isRecord(value)) return value;
  const { rating, choices, text, selected, number } = value;
  if (rating !== undefined) return rating;
  if (Array.isArray(choices)) return choices[0];
  if (Array.isArray(text)) return text.join('\n');
  return text ?? selected ?? number;
}

/** Of a pairwise result, the chosen and the rejected text: `to_name` names the two, the left first. */
function selectedPair(
  results: readonly SourceRow[],
  data: SourceRow,
): { chosen?: unknown; rejected?: unknown } {
  const result = results.find(({ type }) => type === 'pairwise');
  const selected = isRecord(result?.value) ? result.value.selected : undefined;
  const [left, right] = textsOf(String(result?.to_name ?? ''), data);
  if (selected === 'left') return { chosen: left, rejected: right };
  return selected === 'right' ? { chosen: right, rejected: left } : {};
}

/** Tags are mostly called as the data they show; where not, the last two texts of the task are the two. */
function textsOf(toName: string, data: SourceRow): unknown[] {
  const named = toName.split(',').map((name) => data[name.trim().replace('-', '')] ?? data[name.trim()]);
  if (named.length === 2 && named.every((text) => typeof text === 'string')) return named;
  return Object.values(data)
    .filter((value) => typeof value === 'string')
    .slice(-2);
}
