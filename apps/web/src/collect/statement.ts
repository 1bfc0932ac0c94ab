import type { Dimension, Feedback } from '@attune/contracts';

/** What a person has said about an answer. */
export interface Statement {
  readonly rating: number | null;
  readonly thumbs: 'up' | 'down' | null;
  readonly dimensions: Partial<Record<Dimension, number>>;
  readonly comment: string;
  readonly correction: string | null;
  readonly unsafe: boolean;
}

/** What a person says now; what it does not name stays as it was. */
export interface Wish {
  readonly rating?: number;
  readonly thumbs?: 'up' | 'down';
  readonly rating_dimensions?: Partial<Record<Dimension, number>>;
  readonly comment?: string;
  readonly correction?: string;
  readonly safety_issue?: boolean;
}

/** The statement that the server keeps; silence when there is none. */
export function statementOf(feedback: Feedback | null): Statement {
  const value = feedback?.feedback_value ?? {};
  return {
    rating: feedback?.rating_overall ?? null,
    thumbs: thumbsOf(feedback?.reaction_type ?? null),
    dimensions: defined(feedback?.rating_dimensions ?? {}),
    comment: feedback?.text_feedback ?? '',
    correction: typeof value.correction === 'string' ? value.correction : null,
    unsafe: value.safety_issue === true,
  };
}

function thumbsOf(reaction: string | null): Statement['thumbs'] {
  if (reaction === 'thumbs_up') return 'up';
  return reaction === 'thumbs_down' ? 'down' : null;
}

function defined(ratings: Feedback['rating_dimensions']): Statement['dimensions'] {
  return Object.fromEntries(Object.entries(ratings).filter(([, stars]) => stars !== undefined));
}

/**
 * The statement as it will be when the server takes the wish: shown at once, and forgotten when it does not. As on the
 * server, thumbs and stars that contradict the newer word are dropped.
 */
export function withWish(before: Statement, wish: Wish): Statement {
  return {
    rating: wish.rating ?? (agrees(before.rating, wish.thumbs ?? null) ? before.rating : null),
    thumbs: wish.thumbs ?? (agrees(wish.rating ?? null, before.thumbs) ? before.thumbs : null),
    dimensions: { ...before.dimensions, ...wish.rating_dimensions },
    comment: wish.comment ?? before.comment,
    correction: wish.correction ?? before.correction,
    unsafe: wish.safety_issue ?? before.unsafe,
  };
}

function agrees(rating: number | null, thumbs: Statement['thumbs']): boolean {
  if (rating === null || thumbs === null) return true;
  return thumbs === 'up' ? rating >= 3 : rating <= 3;
}

/** Whether a person has said anything yet. */
export function saysSomething({
  rating,
  thumbs,
  dimensions,
  comment,
  correction,
  unsafe,
}: Statement): boolean {
  const parts = [rating !== null, thumbs !== null, comment !== '', correction !== null, unsafe];
  return parts.includes(true) || Object.keys(dimensions).length > 0;
}
