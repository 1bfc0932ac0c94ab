import { pathsOf, type SourceRow, valueAt } from './source-value.ts';

/** What rows become. */
export const importTargets = ['ratings', 'pairs', 'conversations', 'corrections'] as const;
export type ImportTarget = (typeof importTargets)[number];

export type ImportField =
  | 'query'
  | 'context'
  | 'response'
  | 'rating'
  | 'comment'
  | 'correction'
  | 'chosen'
  | 'rejected'
  | 'strength'
  | 'messages'
  | 'user_id'
  | 'session_id'
  | 'created_at';

/** Where a field's value stands, and what makes it Attune's. */
export interface FieldSource {
  path: string;
  scale?: { lowest: number; highest: number } | undefined;
  labels?: Record<string, number> | undefined;
}

export type FieldSources = Partial<Record<ImportField, FieldSource>>;

/** Fields without which a target's rows say nothing. */
export const neededFields: Readonly<Record<ImportTarget, readonly ImportField[]>> = {
  ratings: ['query', 'response', 'rating'],
  pairs: ['query', 'chosen', 'rejected'],
  conversations: ['messages'],
  corrections: ['query', 'response', 'correction'],
};

const usefulFields: Readonly<Record<ImportTarget, readonly ImportField[]>> = {
  ratings: [...neededFields.ratings, 'context', 'comment', 'user_id', 'created_at'],
  pairs: [...neededFields.pairs, 'context', 'strength', 'user_id'],
  conversations: ['messages', 'rating', 'user_id', 'session_id'],
  corrections: [...neededFields.corrections, 'context'],
};

/** What fields are called elsewhere, the likeliest first; the last name of a path counts. */
const names: Readonly<Record<ImportField, readonly string[]>> = {
  query: [
    'query',
    'user_prompt',
    'prompt',
    'question',
    'instruction',
    'input',
    'user_input',
    'context',
    'text',
  ],
  context: ['query_context', 'earlier_turns', 'history', 'context'],
  response: [
    'response',
    'ai_response',
    'answer',
    'completion',
    'output',
    'generated_text',
    'reply',
    'summary',
  ],
  rating: [
    'rating',
    'rating_overall',
    'stars',
    'score',
    'quality',
    'overall',
    'helpfulness',
    'label',
    'thumbs',
    'sentiment',
    'feedback',
    'user_score',
    'user-score',
    'user-feedback',
    'choice',
  ],
  comment: ['comment', 'feedback_comment', 'text_feedback', 'explanation', 'reason', 'notes', 'rationale'],
  correction: [
    'correction',
    'corrected',
    'corrected_response',
    'edited',
    'improved',
    'ideal',
    'reference',
    'expected',
  ],
  chosen: ['chosen', 'chosen_response', 'preferred', 'better', 'winner'],
  rejected: ['rejected', 'rejected_response', 'dispreferred', 'worse', 'loser'],
  strength: ['strength', 'preference_strength', 'margin', 'confidence'],
  messages: ['messages', 'conversation', 'conversations'],
  user_id: ['user_id', 'annotator_email', 'user', 'annotator', 'userid', 'rater'],
  session_id: ['session_id', 'sessionid', 'thread_id', 'conversation_id'],
  created_at: ['created_at', 'timestamp', 'date', 'time', 'start_time'],
};

/** Where the fields of a target most likely stand in flat rows. */
export function proposeFields(target: ImportTarget, rows: readonly SourceRow[]): FieldSources {
  const paths = countedPaths(rows);
  const taken = new Set<string>();
  const fields: FieldSources = {};
  for (const field of usefulFields[target]) {
    const path = field === 'messages' ? messagesPath(rows) : likeliest(field, paths, taken);
    if (path === null) continue;
    taken.add(path);
    fields[field] = sourceOf(field, path, rows);
  }
  return fields;
}

/** The targets whose needed fields are all found, the most telling first. */
export function likelyTargets(rows: readonly SourceRow[]): ImportTarget[] {
  const order: readonly ImportTarget[] = ['pairs', 'corrections', 'ratings', 'conversations'];
  return order.filter((target) => {
    const fields = proposeFields(target, rows);
    return neededFields[target].every((field) => fields[field] !== undefined);
  });
}

/** Paths with the number of rows that have them, in the order in which they appear. */
export function countedPaths(rows: readonly SourceRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const path of pathsOf(row)) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return counts;
}

function likeliest(
  field: ImportField,
  paths: ReadonlyMap<string, number>,
  taken: ReadonlySet<string>,
): string | null {
  const free = [...paths.keys()].filter((path) => !taken.has(path));
  for (const name of names[field]) {
    const found = free.find((path) => lastName(path) === name);
    if (found !== undefined) return found;
  }
  // A question with a name of its own, the only one that somebody answered, is the rating.
  const answered = free.filter((path) => path.startsWith('answers.'));
  return field === 'rating' && answered.length === 1 ? (answered[0] ?? null) : null;
}

function lastName(path: string): string {
  return (path.split('.').at(-1) ?? path).toLowerCase();
}

function messagesPath(rows: readonly SourceRow[]): string | null {
  return names.messages.find((name) => rows.some((row) => Array.isArray(row[name]))) ?? null;
}

function sourceOf(field: ImportField, path: string, rows: readonly SourceRow[]): FieldSource {
  if (field !== 'rating') return { path };
  const values = rows
    .map((row) => valueAt(row, path))
    .filter((value) => value !== undefined && value !== null && value !== '');
  const numbers = values.map((value) => (typeof value === 'boolean' ? Number.NaN : Number(value)));
  if (numbers.some(Number.isNaN)) return { path, labels: labelsIn(values.map(String)) };
  const scale = scaleOf(numbers);
  return scale === null ? { path } : { path, scale };
}

/** The usual scale that holds all values; null for stars from 1 to 5. */
function scaleOf(values: readonly number[]): { lowest: number; highest: number } | null {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low >= 0 && high <= 1) return { lowest: 0, highest: 1 };
  if (low >= -1 && high <= 1) return { lowest: -1, highest: 1 };
  if (low >= 1 && high <= 5) return null;
  if (low >= 0 && high <= 5) return { lowest: 0, highest: 5 };
  if (low >= 0 && high <= 10) return { lowest: low === 0 ? 0 : 1, highest: 10 };
  return { lowest: Math.min(0, low), highest: Math.max(100, high) };
}

const good =
  /^(?:true|yes|good|great|positive|correct|helpful|up|thumbs[_ -]?up|like|accept(?:ed)?|pass|chosen|tốt|đúng|👍)$/i;
const bad =
  /^(?:false|no|bad|poor|negative|incorrect|wrong|unhelpful|down|thumbs[_ -]?down|dislike|reject(?:ed)?|fail|kém|sai|👎)$/i;

/** Stars for labels; those that say neither good nor bad get three. */
function labelsIn(values: readonly string[]): Record<string, number> {
  const labels = [...new Set(values)].slice(0, 50);
  return Object.fromEntries(
    labels.map((label) => [label, good.test(label.trim()) ? 5 : bad.test(label.trim()) ? 1 : 3]),
  );
}
