import { z } from 'zod';

/** Why a row of a file cannot be imported, for a page that says it in its reader's language. */
export const RowReason = z.enum([
  'missing',
  'wrong_kind',
  'wrong_form',
  'too_small',
  'too_large',
  'too_long',
  'same_text',
  'no_exchange',
  'no_label',
  'unreadable',
  'other',
]);
export type RowReason = z.infer<typeof RowReason>;

/** What is wrong with a row of a file. */
export const RowError = z.object({
  line: z.number().int(),
  /** The field at fault; empty for the row as a whole. */
  param: z.string(),
  message: z.string(),
  reason: RowReason,
  /** The bound that a value is beyond: a number, or characters. */
  limit: z.number().nullable(),
});
export type RowError = z.infer<typeof RowError>;

/** The first thing that is wrong with a row, by what its schema says. @param data the row as it was checked */
export function rowError(line: number, data: unknown, error: z.ZodError): RowError {
  const [issue] = error.issues;
  if (issue === undefined) return { line, param: '', message: 'not valid', reason: 'other', limit: null };
  const { path, message } = issue;
  const reason = isAbsent(data, path) ? 'missing' : reasonOf(issue);
  return { line, param: path.join('.'), message, reason, limit: limitOf(issue) };
}

type Issue = z.core.$ZodIssue;

function isAbsent(data: unknown, path: Issue['path']): boolean {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = Reflect.get(value, key);
  }
  return value === undefined || value === null || value === '';
}

function reasonOf(issue: Issue): RowReason {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return 'wrong_kind';
    case 'invalid_format':
    case 'invalid_value':
      return 'wrong_form';
    case 'too_small':
      return 'too_small';
    case 'too_big':
      return issue.origin === 'string' ? 'too_long' : 'too_large';
    case 'custom':
      return RowReason.safeParse(issue.params?.reason).data ?? 'other';
    default:
      return 'other';
  }
}

function limitOf(issue: Issue): number | null {
  if (issue.code === 'too_small') return Number(issue.minimum);
  return issue.code === 'too_big' ? Number(issue.maximum) : null;
}
