import type { FeedbackInput } from '@attune/contracts';
import { canonicalJson } from '@attune/core';
import { revised, sameStatement } from './statement.ts';
import { fromRow, type StatementColumns, toColumns } from './statement-row.ts';
import type { FeedbackRow } from './store/feedback-row.ts';

/** What one submission says about one target. */
export interface Said {
  /** `answer`, `step:<index>`, `note:<id>`, `comparison:<candidate ids>` or `voice:<id>`. */
  readonly target: string;
  /** What holds after it was said; null when the row says the same already. */
  columnsAfter(before: FeedbackRow | null): StatementColumns | null;
}

/** What is said about the answer as a whole: it adds to what the person said before. */
export function aboutAnswer(input: FeedbackInput): Said {
  return {
    target: 'answer',
    columnsAfter(before) {
      const earlier = before && fromRow(before);
      const now = revised(earlier, input);
      return earlier !== null && sameStatement(earlier, now) ? null : toColumns(now);
    },
  };
}

/** What is said about a part of an answer. */
export interface Remark {
  readonly target: string;
  readonly type: 'step' | 'inline' | 'comparison' | 'voice';
  readonly value: Record<string, unknown>;
  readonly comment: string | null;
  readonly tags: readonly string[];
}

/** A remark replaces the one before on the same target. */
export function aboutPart({ target, type, value, comment, tags }: Remark): Said {
  return {
    target,
    columnsAfter(before) {
      const same =
        before !== null &&
        canonicalJson([before.feedback_value, before.text_feedback, before.tags]) ===
          canonicalJson([value, comment, tags]);
      return same
        ? null
        : {
            feedback_type: type,
            feedback_value: JSON.stringify(value),
            rating_overall: null,
            rating_dimensions: '{}',
            reaction_type: null,
            text_feedback: comment,
            tags: [...tags],
          };
    },
  };
}
