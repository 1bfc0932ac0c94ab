import type { DimensionRatings, FeedbackInput, FeedbackType } from '@attune/contracts';
import type { z } from 'zod';

export type Thumbs = 'up' | 'down';

/** What one person says about one answer, complete. */
export interface Statement {
  readonly type: FeedbackType;
  readonly rating: number | null;
  readonly thumbs: Thumbs | null;
  readonly dimensions: z.infer<typeof DimensionRatings>;
  readonly comment: string | null;
  readonly correction: string | null;
  readonly safetyIssue: boolean;
  /** Why, in chosen words. */
  readonly reasons: readonly string[];
  readonly tags: readonly string[];
}

const silence: Statement = {
  type: 'detailed',
  rating: null,
  thumbs: null,
  dimensions: {},
  comment: null,
  correction: null,
  safetyIssue: false,
  reasons: [],
  tags: [],
};

const thumbsOfType: Partial<Record<FeedbackType, Thumbs>> = { thumbs_up: 'up', thumbs_down: 'down' };

/**
 * What holds after a person speaks (again). Fields that the new submission names replace the earlier ones, dimensions
 * one by one; the others stay, so that thumbs and a comment can come in two requests. Thumbs and stars are two ways
 * to say the same thing: the one not named is dropped when it contradicts the new one (thumbs up beside fewer than 3
 * stars, thumbs down beside more). An empty comment takes the comment back, an empty list
 * the reasons, `safety_issue: false` the report.
 */
export function revised(before: Statement | null, said: FeedbackInput): Statement {
  const earlier = before ?? silence;
  const thumbs = said.thumbs ?? (said.feedback_type && thumbsOfType[said.feedback_type]);
  const now = {
    rating: said.rating ?? (agrees(earlier.rating, thumbs) ? earlier.rating : null),
    thumbs: thumbs ?? (agrees(said.rating, earlier.thumbs) ? earlier.thumbs : null),
    dimensions: { ...earlier.dimensions, ...said.rating_dimensions },
    comment: said.comment === undefined ? earlier.comment : said.comment || null,
    correction: said.correction ?? earlier.correction,
    safetyIssue: said.safety_issue ?? earlier.safetyIssue,
    reasons: said.reasons ?? earlier.reasons,
    tags: said.tags ?? earlier.tags,
  };
  return { ...now, type: said.feedback_type ?? typeOf(now) };
}

function agrees(rating: number | null | undefined, thumbs: Thumbs | null | undefined): boolean {
  if (rating == null || thumbs == null) return true;
  return thumbs === 'up' ? rating >= 3 : rating <= 3;
}

/** The type of what is said: correction before detailed (dimensions, or two kinds at once) before stars before thumbs. */
function typeOf(said: Omit<Statement, 'type'>): FeedbackType {
  if (said.correction !== null) return 'correction';
  const { rating, thumbs, comment, reasons } = said;
  const kinds = [rating !== null, thumbs !== null, comment !== null || reasons.length > 0].filter(
    Boolean,
  ).length;
  if (Object.keys(said.dimensions).length > 0 || kinds >= 2) return 'detailed';
  if (said.rating !== null) return 'rating';
  if (said.thumbs !== null) return said.thumbs === 'up' ? 'thumbs_up' : 'thumbs_down';
  return 'detailed';
}

/** Whether two statements say the same. */
export function sameStatement(a: Statement, b: Statement): boolean {
  return canonical(a) === canonical(b);
}

function canonical({ dimensions, tags, ...rest }: Statement): string {
  const fields = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([fields, Object.entries(dimensions).sort(), [...tags]]);
}
