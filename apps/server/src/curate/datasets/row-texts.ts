import type { SnapshotRow } from '@attune/contracts';

/** Every text of a row that people wrote, by field. */
export function rowTexts(row: SnapshotRow): Record<string, string> {
  return { ...(row.context === undefined ? {} : { context: row.context }), ...ownTexts(row) };
}

function ownTexts(row: SnapshotRow): Record<string, string> {
  switch (row.type) {
    case 'rating':
      return {
        query: row.query,
        response: row.response,
        ...(row.comment === undefined ? {} : { comment: row.comment }),
      };
    case 'pair':
      return { query: row.query, chosen: row.chosen, rejected: row.rejected };
    case 'steps':
      return {
        query: row.query,
        steps: row.steps.map(({ text }) => text).join('\n'),
        comments: row.steps.map(({ comment }) => comment ?? '').join('\n'),
      };
  }
}
