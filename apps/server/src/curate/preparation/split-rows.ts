import type { SnapshotPair, SnapshotRating, SnapshotSteps } from '@attune/contracts';
import { feedbackLabels, type PreferencePair, type SplitRow, splitRows } from '@attune/core';
import type { TrainableFeedback } from '../trainable.ts';
import type { AssemblySettings, GivenPair } from './assembly.ts';
import { isGood } from './good-rating.ts';
import type { JudgedSteps } from './step-rows.ts';

/** Feedback and pairs that go into a set, before they are split. */
export interface Material {
  readonly feedback: readonly TrainableFeedback[];
  readonly generated: readonly PreferencePair[];
  readonly given: readonly GivenPair[];
  readonly steps: readonly JudgedSteps[];
}

/** The rows of a set, each on its side. */
export interface SplitMaterial {
  readonly ratings: SnapshotRating[];
  readonly generated: SnapshotPair[];
  /** The given pairs as rows, and as they came. */
  readonly givenRows: SnapshotPair[];
  readonly given: GivenPair[];
  readonly steps: SnapshotSteps[];
  /** Feedback that stands on neither side, because a query or a person would cross. */
  readonly leftOut: TrainableFeedback[];
}

/** What is split: feedback and given pairs. Pairs made from feedback follow it. */
interface Item extends SplitRow {
  readonly id: string;
}

/** Splits by query, so that none stands on both sides. */
export function splitMaterial(material: Material, settings: AssemblySettings): SplitMaterial {
  const items = [
    ...material.feedback.map(feedbackItem),
    ...material.given.map(pairItem),
    ...material.steps.map((row) => ({ ...row, label: 'steps' })),
  ];
  const sides = sidesOf(items, settings);
  const placed = <T extends { id: string }>(rows: readonly T[]) =>
    rows.flatMap((row) => {
      const split = sides.get(row.id);
      return split === undefined ? [] : [{ row, split }];
    });
  const given = placed(material.given);
  return {
    ratings: placed(material.feedback).flatMap(({ row, split }) => ratingRow(row, split)),
    generated: material.generated.flatMap((pair) => {
      const [split, ...others] = new Set(pair.feedback_ids.map((id) => sides.get(id)));
      return split === undefined || others.length > 0 ? [] : [{ type: 'pair' as const, split, ...pair }];
    }),
    givenRows: given.map(({ row, split }) => givenRow(row, split)),
    given: given.map(({ row }) => row),
    steps: placed(material.steps).map(({ row, split }) => stepsRow(row, split)),
    leftOut: material.feedback.filter(({ id }) => !sides.has(id)),
  };
}

type Side = SnapshotRating['split'];

/** The side of each item by its id; what stands on neither is missing. */
function sidesOf(items: readonly Item[], settings: AssemblySettings): Map<string, Side> {
  const { split: strategy, validationShare, seed } = settings;
  const { train, validation } = splitRows(items, { strategy, validationShare, seed });
  const sides = new Map<string, Side>();
  for (const { id } of train) sides.set(id, 'train');
  for (const { id } of validation) sides.set(id, 'validation');
  return sides;
}

function feedbackItem({ id, query, context, rating, remark, person, createdAt }: TrainableFeedback): Item {
  const unrated = remark === null ? 'correction' : 'comparison';
  const label = rating === null ? unrated : isGood(rating) ? 'good' : 'bad';
  return { id, query, context, label, person, createdAt };
}

function pairItem({ id, query, context, annotator, createdAt }: GivenPair): Item {
  return { id, query, context, label: 'pair', person: annotator ?? `pair:${id}`, createdAt };
}

function ratingRow(feedback: TrainableFeedback, split: Side): SnapshotRating[] {
  const { id, query, context, response, rating, dimensions, comment } = feedback;
  if (rating === null) return [];
  const row = { type: 'rating' as const, split, query, ...kept(context), response, rating, feedback_id: id };
  return [
    {
      ...row,
      ...(Object.keys(dimensions).length === 0 ? {} : { rating_dimensions: dimensions }),
      ...(comment === null || comment === '' ? {} : { comment }),
      ...labelsOf(feedback),
    },
  ];
}

function labelsOf(feedback: TrainableFeedback): Pick<SnapshotRating, 'category' | 'user_group'> {
  const { category, userGroup } = feedbackLabels(feedback);
  return { ...(category === null ? {} : { category }), user_group: userGroup };
}

function givenRow(
  { query, context, chosen, rejected, strength, method, feedbackIds }: GivenPair,
  split: Side,
): SnapshotPair {
  const texts = { query, ...kept(context), chosen, rejected };
  return { type: 'pair', split, ...texts, strength, method, feedback_ids: feedbackIds };
}

function stepsRow({ query, context, unit, steps, feedbackIds }: JudgedSteps, split: Side): SnapshotSteps {
  return { type: 'steps', split, query, ...kept(context), unit, steps, feedback_ids: feedbackIds };
}

/** Rows without a context have no such field, so that sets from before contexts keep their content hash. */
function kept(context: string): { context?: string } {
  return context === '' ? {} : { context };
}
