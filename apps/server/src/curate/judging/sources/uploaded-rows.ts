import { AttuneError, type JudgingQuestion, JudgingRow } from '@attune/contracts';
import { checkAnswers } from '../check-answers.ts';
import { ownKey } from '../response-keys.ts';
import type { NewItem } from './new-item.ts';

/** One line of a file, not yet looked at. */
export interface UploadedRow {
  readonly line: number;
  readonly data: Record<string, unknown>;
}

/** What is wrong with a line. */
export interface RowFault {
  readonly line: number;
  readonly param: string;
  readonly message: string;
}

/** Reads uploaded rows; bad ones are named by line and field. */
export function itemsFromRows(
  questions: readonly JudgingQuestion[],
  rows: readonly UploadedRow[],
): { items: NewItem[]; errors: RowFault[] } {
  const items: NewItem[] = [];
  const errors: RowFault[] = [];
  for (const { line, data } of rows) {
    const parsed = JudgingRow.safeParse(data);
    const fault = parsed.success ? knownFault(questions, parsed.data) : firstIssue(parsed.error.issues[0]);
    if (fault !== null) errors.push({ line, ...fault });
    else if (parsed.success) items.push(toItem(parsed.data));
  }
  return { items, errors };
}

function firstIssue(issue: { path: PropertyKey[]; message: string } | undefined) {
  return { param: (issue?.path ?? []).map(String).join('.'), message: issue?.message ?? 'not valid' };
}

/** Known answers may leave questions open, but what they say must fit. */
function knownFault(questions: readonly JudgingQuestion[], { control, responses }: JudgingRow) {
  if (control === undefined) return null;
  if (Object.keys(control.answers).length === 0) {
    return { param: 'control.answers', message: 'a control item needs at least one known answer' };
  }
  const lengths = new Map(responses.map(({ text }, place) => [ownKey(place), text.length]));
  try {
    checkAnswers(
      questions.map((question) => ({ ...question, required: false })),
      control.answers,
      lengths,
    );
    return null;
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    return { param: `control.${error.details.param ?? 'answers'}`, message: error.message };
  }
}

function toItem({ query, context, responses, control }: JudgingRow): NewItem {
  return {
    kind: kindOf(control),
    query,
    context: context ?? null,
    responses: responses.map(({ text, model, score }) => ({
      text,
      model: model ?? null,
      score: score ?? null,
    })),
    known: control === undefined ? null : { answers: control.answers, explanation: control.explanation },
    source: { kind: 'rows', id: null },
  };
}

function kindOf(control: JudgingRow['control']): NewItem['kind'] {
  if (control === undefined) return 'item';
  return control.training ? 'training' : 'control';
}
