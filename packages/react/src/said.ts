import type { Dimension, Feedback } from '@attune/contracts';

export type Thumbs = 'up' | 'down';

/** What a person has said about an answer as a whole. */
export interface Said {
  readonly thumbs: Thumbs | null;
  /** Stars, 1 to 5. */
  readonly rating: number | null;
  readonly dimensions: Readonly<Partial<Record<Dimension, number>>>;
  readonly reasons: readonly string[];
  readonly comment: string;
  readonly correction: string | null;
  readonly unsafe: boolean;
}

/** What a person says now; what it does not name stays as it was. */
export interface Saying {
  readonly thumbs?: Thumbs | undefined;
  readonly rating?: number | undefined;
  readonly rating_dimensions?: Partial<Record<Dimension, number>> | undefined;
  readonly reasons?: string[] | undefined;
  readonly comment?: string | undefined;
  readonly correction?: string | undefined;
  readonly safety_issue?: boolean | undefined;
}

/** What the server keeps; silence when there is nothing. */
export function saidIn(feedback: Feedback | null): Said {
  const value = feedback?.feedback_value ?? {};
  return {
    thumbs: thumbsIn(feedback?.reaction_type ?? null),
    rating: feedback?.rating_overall ?? null,
    dimensions: defined(feedback?.rating_dimensions ?? {}),
    reasons: Array.isArray(value.reasons) ? value.reasons.filter((word) => typeof word === 'string') : [],
    comment: feedback?.text_feedback ?? '',
    correction: typeof value.correction === 'string' ? value.correction : null,
    unsafe: value.safety_issue === true,
  };
}

function thumbsIn(reaction: string | null): Thumbs | null {
  if (reaction === 'thumbs_up') return 'up';
  return reaction === 'thumbs_down' ? 'down' : null;
}

function defined(ratings: Feedback['rating_dimensions']): Said['dimensions'] {
  return Object.fromEntries(Object.entries(ratings).filter(([, stars]) => stars !== undefined));
}

/**
 * What will hold when the server takes what is said now. As on the server, thumbs and stars that contradict the newer
 * word are dropped.
 */
export function saidAfter(before: Said, now: Saying): Said {
  return {
    thumbs: now.thumbs ?? (agrees(now.rating ?? null, before.thumbs) ? before.thumbs : null),
    rating: now.rating ?? (agrees(before.rating, now.thumbs ?? null) ? before.rating : null),
    dimensions: { ...before.dimensions, ...now.rating_dimensions },
    reasons: now.reasons ?? before.reasons,
    comment: now.comment ?? before.comment,
    correction: now.correction ?? before.correction,
    unsafe: now.safety_issue ?? before.unsafe,
  };
}

function agrees(rating: number | null, thumbs: Thumbs | null): boolean {
  if (rating === null || thumbs === null) return true;
  return thumbs === 'up' ? rating >= 3 : rating <= 3;
}

/** Whether anything was said. */
export function saysSomething({
  thumbs,
  rating,
  dimensions,
  reasons,
  comment,
  correction,
  unsafe,
}: Said): boolean {
  const parts = [
    thumbs !== null,
    rating !== null,
    reasons.length > 0,
    comment !== '',
    correction !== null,
    unsafe,
  ];
  return parts.includes(true) || Object.keys(dimensions).length > 0;
}
