import type { PiiReport } from '@attune/contracts';
import { findPii, maskPii } from '@attune/core';
import { PiiCount } from '../datasets/pii-report.ts';
import type { WrittenRows } from './format-rows.ts';

/** Rows as they leave, and what personal data was masked in them, or left in them. */
export interface CheckedRows {
  readonly rows: WrittenRows;
  readonly pii: PiiReport;
}

type Text = (field: string, text: string) => string;

function context({ context }: { context?: string | undefined }, text: Text): { context?: string } {
  return context === undefined ? {} : { context: text('context', context) };
}

/**
 * Counts the personal data in every text that people wrote; with `mask`, replaces it by its kind. A text that stands in
 * many rows is read once.
 */
export function checkedRows(rows: WrittenRows, mask: boolean): CheckedRows {
  const count = new PiiCount();
  const known = new Map<string, ReturnType<typeof maskPii>>();
  const read = (text: string) => {
    const found = known.get(text) ?? (mask ? maskPii(text) : { text, spans: findPii(text) });
    known.set(text, found);
    return found;
  };
  const each = <Row>(row: Row, rewrite: (row: Row, text: Text) => Row): Row => {
    const fields: [string, ReturnType<typeof maskPii>['spans']][] = [];
    const rewritten = rewrite(row, (field, text) => {
      const found = read(text);
      fields.push([field, found.spans]);
      return found.text;
    });
    count.addRow(fields);
    return rewritten;
  };
  const checked = {
    ratings: rows.ratings.map((row) =>
      each(row, (one, text) => ({
        ...one,
        query: text('query', one.query),
        ...context(one, text),
        response: text('response', one.response),
        ...(one.comment === undefined ? {} : { comment: text('comment', one.comment) }),
        ...(one.category === undefined ? {} : { category: text('category', one.category) }),
        ...(one.user_group === undefined ? {} : { user_group: text('user_group', one.user_group) }),
      })),
    ),
    pairs: rows.pairs.map((row) =>
      each(row, (one, text) => ({
        ...one,
        query: text('query', one.query),
        ...context(one, text),
        chosen: text('chosen', one.chosen),
        rejected: text('rejected', one.rejected),
      })),
    ),
    steps: rows.steps.map((row) =>
      each(row, (one, text) => ({
        ...one,
        query: text('query', one.query),
        ...context(one, text),
        steps: one.steps.map((step) => ({
          ...step,
          text: text('steps', step.text),
        })),
      })),
    ),
    answers: rows.answers.map((row) =>
      each(row, (one, text) => ({
        ...one,
        prompt: text('query', one.prompt),
        ...context(one, text),
        completion: text('response', one.completion),
      })),
    ),
  };
  return { rows: checked, pii: count.report() };
}
