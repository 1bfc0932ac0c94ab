import { isRecord, type SourceRow, unpacked } from './source-value.ts';

/**
 * Argilla's records: as `dataset.records.to_json()` writes them, with `responses` by question (Argilla 2, "Import and export
 * datasets"), or as rows of the hub, with columns such as `quality.responses` (Argilla 2) or `quality` holding lists of
 * values and users (Argilla 1).
 */
export function isArgilla(row: SourceRow): boolean {
  const nested = isRecord(row.fields) && (isRecord(row.responses) || Array.isArray(row.responses));
  return (
    nested ||
    Object.keys(row).some((name) => name.endsWith('.responses')) ||
    Object.values(row).some(isColumn)
  );
}

interface Answer {
  readonly question: string;
  readonly value: unknown;
  readonly user: string;
}

/** One row for each person who answered, with all their answers. */
export function fromArgilla(row: SourceRow): SourceRow[] {
  const fields = isRecord(row.fields) ? row.fields : plainFields(row);
  const given = [...nestedAnswers(row.responses), ...columnAnswers(row)];
  return [...Map.groupBy(given, ({ user }) => user).entries()].map(([user_id, all]) => {
    const answers = Object.fromEntries(all.map(({ question, value }) => [question, value]));
    return { fields, answers, ...rankedPair(answers, fields), user_id };
  });
}

function nestedAnswers(responses: unknown): Answer[] {
  // Argilla 1's own JSON has a list of people with their values; Argilla 2 has lists of answers by question.
  if (Array.isArray(responses)) {
    return responses.filter(isRecord).flatMap(({ values, user_id }) =>
      Object.entries(isRecord(values) ? values : {}).map(([question, one]) => ({
        question,
        value: isRecord(one) ? one.value : one,
        user: String(user_id ?? ''),
      })),
    );
  }
  if (!isRecord(responses)) return [];
  return Object.entries(responses).flatMap(([question, list]) =>
    (Array.isArray(list) ? list : []).filter(isRecord).map(({ value, user_id }) => ({
      question,
      value,
      user: String(user_id ?? ''),
    })),
  );
}

interface Column {
  readonly value: readonly unknown[];
  readonly user_id: readonly unknown[];
}

function isColumn(value: unknown): value is Column {
  return isRecord(value) && Array.isArray(value.value) && Array.isArray(value.user_id);
}

function columnAnswers(row: SourceRow): Answer[] {
  return Object.entries(row).flatMap(([name, column]) => {
    if (isColumn(column)) return zipped(name, column.value, column.user_id);
    const values = unpacked(column);
    if (!name.endsWith('.responses') || !Array.isArray(values)) return [];
    const users = unpacked(row[`${name}.users`]);
    return zipped(name.slice(0, -'.responses'.length), values, Array.isArray(users) ? users : []);
  });
}

function zipped(question: string, values: readonly unknown[], users: readonly unknown[]): Answer[] {
  return values.map((value, at) => ({ question, value, user: String(users[at] ?? '') }));
}

function plainFields(row: SourceRow): SourceRow {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => typeof value === 'string' && !/[.]|^(?:id|status|_server_id)$/.test(name),
    ),
  );
}

/** The best and the worst of a ranking of fields, as a pair. */
function rankedPair(answers: SourceRow, fields: SourceRow): { chosen?: unknown; rejected?: unknown } {
  const ranking = Object.values(answers).find(
    (value): value is SourceRow[] =>
      Array.isArray(value) && value.length >= 2 && value.every((one) => isRecord(one) && 'rank' in one),
  );
  const ordered = ranking?.toSorted((a, b) => Number(a.rank) - Number(b.rank));
  const [best, worst] = [ordered?.[0], ordered?.at(-1)];
  if (best === undefined || worst === undefined || best.rank === worst.rank) return {};
  return { chosen: fields[String(best.value)], rejected: fields[String(worst.value)] };
}
