import type { AnnotatorActivity } from '@attune/contracts';
import type { Activity, Done } from './activity.ts';

/** People that are listed. */
const LIMIT = 100;
const kinds = ['feedback', 'reviews', 'judgements'] as const;
type Kind = (typeof kinds)[number];

/** What each member did for the data since a time, the busiest first. */
export async function annotators(
  activity: Activity,
  organization: string,
  since: Date,
): Promise<AnnotatorActivity[]> {
  const done = await Promise.all(
    kinds.map(async (kind) => [kind, await activity.done[kind](organization, since, LIMIT)] as const),
  );
  const principals = [...new Set(done.flatMap(([, rows]) => rows.map(({ principal }) => principal)))];
  const members = await activity.members(organization, principals);
  return members
    .map(({ principal, name, email }) => ({ name, email, ...sumsOf(principal, new Map(done)) }))
    .sort((a, b) => total(b) - total(a) || a.email.localeCompare(b.email))
    .slice(0, LIMIT);
}

function sumsOf(principal: string, done: ReadonlyMap<Kind, readonly Done[]>) {
  const own = (kind: Kind) => done.get(kind)?.find((row) => row.principal === principal);
  const last = kinds.flatMap((kind) => own(kind)?.lastAt.getTime() ?? []);
  return {
    feedback: own('feedback')?.n ?? 0,
    reviews: own('reviews')?.n ?? 0,
    judgements: own('judgements')?.n ?? 0,
    last_at: last.length === 0 ? null : new Date(Math.max(...last)).toISOString(),
  };
}

function total({ feedback, reviews, judgements }: AnnotatorActivity): number {
  return feedback + reviews + judgements;
}
