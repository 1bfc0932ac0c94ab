import type { SnapshotSteps } from '@attune/contracts';
import { labelledSteps, notedSentences } from '@attune/core';
import type { TrainableFeedback } from '../trainable.ts';

/** An answer whose steps or sentences people judged, before it is split. */
export interface JudgedSteps {
  /** Id of the earliest feedback on it. */
  readonly id: string;
  readonly query: string;
  readonly context: string;
  readonly unit: SnapshotSteps['unit'];
  readonly steps: SnapshotSteps['steps'];
  readonly feedbackIds: string[];
  readonly person: string;
  readonly createdAt: Date;
}

/** The judged steps and the annotated sentences of each answer. `feedback` comes oldest first. */
export function stepRows(feedback: readonly TrainableFeedback[]): JudgedSteps[] {
  return [...Map.groupBy(feedback, answerOf).values()].flatMap((rows) => [
    ...judged(rows, 'step'),
    ...judged(rows, 'sentence'),
  ]);
}

function answerOf({ responseId, query, context, response }: TrainableFeedback): string {
  return responseId ?? JSON.stringify([query, context, response]);
}

function judged(rows: readonly TrainableFeedback[], unit: SnapshotSteps['unit']): JudgedSteps[] {
  const kind = unit === 'step' ? 'step' : 'note';
  const about = rows.filter(({ remark }) => remark?.kind === kind);
  const [first] = about;
  if (first === undefined) return [];
  const steps = unit === 'step' ? stepsOf(about) : sentencesOf(first.response, about);
  if (steps.length === 0) return [];
  const { id, query, context, person, createdAt } = first;
  return [{ id, query, context, unit, steps, feedbackIds: about.map((row) => row.id), person, createdAt }];
}

function stepsOf(rows: readonly TrainableFeedback[]): SnapshotSteps['steps'] {
  return labelledSteps(rows.flatMap(({ remark }) => (remark?.kind === 'step' ? [remark] : [])));
}

function sentencesOf(response: string, rows: readonly TrainableFeedback[]): SnapshotSteps['steps'] {
  return notedSentences(
    response,
    rows.flatMap(({ remark }) => (remark?.kind === 'note' ? [remark] : [])),
  );
}
