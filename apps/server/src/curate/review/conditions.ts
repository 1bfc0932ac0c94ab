import type { ReviewFilter } from '@attune/contracts';
import { sql } from 'kysely';
import type { Condition } from './condition.ts';
import type { Reviewer } from './review.ts';
import type { WordSearch } from './word-search.ts';

/** A filter with what had to be looked up for it. */
export interface Selection {
  readonly reviewer: Reviewer;
  readonly filter: ReviewFilter;
  /** Items that the reviewer holds, where the filter asks for "mine". */
  readonly held: readonly string[];
  readonly words: WordSearch | null;
  readonly tag: Condition | null;
  /** The items nearest to the text of a semantic search, nearest first; they pass the filter. */
  readonly near: readonly Near[] | null;
  /** Only what came until then. */
  readonly until: Date | null;
}

export interface Near {
  readonly id: string;
  /** Cosine. */
  readonly similarity: number;
}

/** What a selection asks of `rlhf_feedback AS f`, semantic search left out. */
export function conditionsOf(selection: Selection): Condition[] {
  const { reviewer, filter, words, tag, until } = selection;
  return [
    sql<boolean>`f.organization = ${reviewer.organization}`,
    sql<boolean>`f.status = ${filter.status}`,
    ...equalities(filter),
    ...ranges(filter),
    ...presence(filter),
    ...belonging(selection),
    ...(words === null ? [] : [words.condition]),
    ...(tag === null ? [] : [tag]),
    ...(until === null ? [] : [sql<boolean>`f.created_at <= ${until}`]),
  ];
}

const columns = ['source', 'feedback_type', 'response_id', 'session_id', 'user_id'] as const;

function equalities(filter: ReviewFilter): Condition[] {
  const named = columns.flatMap((column) =>
    filter[column] === undefined ? [] : [sql<boolean>`f.${sql.ref(column)} = ${filter[column]}`],
  );
  const { reward_model: model } = filter;
  return [...named, ...(model === undefined ? [] : [sql<boolean>`coalesce(f.reward_model, '') = ${model}`])];
}

function ranges({ min_rating, max_rating, after, before, min_disagreement }: ReviewFilter): Condition[] {
  return [
    ...(min_rating === undefined ? [] : [sql<boolean>`f.rating_overall >= ${min_rating}::real`]),
    ...(max_rating === undefined ? [] : [sql<boolean>`f.rating_overall <= ${max_rating}::real`]),
    ...(after === undefined ? [] : [sql<boolean>`f.created_at >= ${after}::timestamptz`]),
    ...(before === undefined ? [] : [sql<boolean>`f.created_at < ${before}::timestamptz`]),
    ...(min_disagreement === undefined
      ? []
      : [sql<boolean>`f.review_disagreement >= ${min_disagreement}::real`]),
  ];
}

/** Worded as the partial indexes are, which else could not serve. */
const commented = sql<boolean>`f.text_feedback <> ''`;
const corrected = sql<boolean>`(f.feedback_value ? 'correction' OR f.review_correction IS NOT NULL)`;

function presence({ has_comment, has_correction }: ReviewFilter): Condition[] {
  return [...whether(has_comment, commented), ...whether(has_correction, corrected)];
}

function whether(wanted: boolean | undefined, condition: Condition): Condition[] {
  if (wanted === undefined) return [];
  return wanted ? [condition] : [sql<boolean>`(${condition}) IS NOT TRUE`];
}

function belonging({ filter, reviewer, held }: Selection): Condition[] {
  const { assigned_to: assignee, mine } = filter;
  const toMe = sql<boolean>`f.assigned_to = ${reviewer.memberId}::uuid`;
  const mineOrHeld = sql<boolean>`(${toMe} OR f.id = ANY(${[...held]}::uuid[]))`;
  const assigned =
    assignee === 'nobody'
      ? sql<boolean>`f.assigned_to IS NULL`
      : sql<boolean>`f.assigned_to = ${assignee === 'me' ? reviewer.memberId : assignee}::uuid`;
  return [...(assignee === undefined ? [] : [assigned]), ...whether(mine, mineOrHeld)];
}
