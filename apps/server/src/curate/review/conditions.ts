import type { ReviewFilter } from '@attune/contracts';
import { sql } from 'kysely';
import type { Condition } from './condition.ts';
import { type Hits, isHit } from './hits.ts';
import type { Reviewer } from './review.ts';

/** A filter with what had to be looked up for it. */
export interface Selection {
  readonly reviewer: Reviewer;
  readonly filter: ReviewFilter;
  /** Items that the reviewer holds, where the filter asks for "mine". */
  readonly held: readonly string[];
  /** What is found for words and for a tag; an item is among all of them. */
  readonly hits: readonly Hits[];
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

/** Where a condition finds what it asks: in the indexes of all orders, in those of some, or in the row. */
export type Place = 'every index' | 'created_at' | 'review_disagreement' | 'row';

/** A condition on `rlhf_feedback AS f`, and where it looks. */
export interface Placed {
  readonly place: Place;
  readonly condition: Condition;
}

/** What a selection asks of `rlhf_feedback AS f`, semantic search left out. */
export function conditionsOf(selection: Selection): Condition[] {
  return [...filterConditions(selection).map(({ condition }) => condition), ...selection.hits.map(isHit)];
}

/** The same without words and tag. */
export function filterConditions(selection: Selection): Placed[] {
  const { filter } = selection;
  const place = (where: Place) => (condition: Condition) => ({ place: where, condition });
  return [...queueOf(selection), ...equalities(filter, ['source', 'feedback_type']), ...ratings(filter)]
    .map(place('every index'))
    .concat(
      times(selection).map(place('created_at')),
      disagreements(filter).map(place('review_disagreement')),
      [
        ...equalities(filter, ['response_id', 'session_id', 'user_id']),
        ...scored(filter),
        ...presence(filter),
        ...belonging(selection),
      ].map(place('row')),
    );
}

/** Which of the organisation's queues an item stands in. */
export function queueOf({ reviewer, filter }: Selection): Condition[] {
  return [sql<boolean>`f.organization = ${reviewer.organization}`, sql<boolean>`f.status = ${filter.status}`];
}

type Column = 'source' | 'feedback_type' | 'response_id' | 'session_id' | 'user_id';

function equalities(filter: ReviewFilter, columns: readonly Column[]): Condition[] {
  return columns.flatMap((column) =>
    filter[column] === undefined ? [] : [sql<boolean>`f.${sql.ref(column)} = ${filter[column]}`],
  );
}

function scored({ reward_model: model }: ReviewFilter): Condition[] {
  if (model === undefined) return [];
  // Only without `coalesce` does the index of models serve.
  return [
    model === '' ? sql<boolean>`coalesce(f.reward_model, '') = ''` : sql<boolean>`f.reward_model = ${model}`,
  ];
}

function ratings({ min_rating, max_rating }: ReviewFilter): Condition[] {
  return [
    ...(min_rating === undefined ? [] : [sql<boolean>`f.rating_overall >= ${min_rating}::real`]),
    ...(max_rating === undefined ? [] : [sql<boolean>`f.rating_overall <= ${max_rating}::real`]),
  ];
}

function times({ filter: { after, before }, until }: Selection): Condition[] {
  return [
    ...(after === undefined ? [] : [sql<boolean>`f.created_at >= ${after}::timestamptz`]),
    ...(before === undefined ? [] : [sql<boolean>`f.created_at < ${before}::timestamptz`]),
    ...(until === null ? [] : [sql<boolean>`f.created_at <= ${until}`]),
  ];
}

function disagreements({ min_disagreement: least }: ReviewFilter): Condition[] {
  return least === undefined ? [] : [sql<boolean>`f.review_disagreement >= ${least}::real`];
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
