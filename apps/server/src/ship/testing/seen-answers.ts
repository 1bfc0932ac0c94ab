import { sumUnits } from '@attune/core';
import type { AnswersSeen, FeedbackSeen } from '../observe.ts';

type Arm = AnswersSeen['arm'];

/** What so many people asked of one model, once each; some failed. */
export function answersSeen(arm: Arm, people: number, failed = 0, step = 0): AnswersSeen {
  const each = (value: (person: number) => number) =>
    sumUnits(Array.from({ length: people }, (_, person) => ({ count: 1, total: value(person) })));
  return {
    step,
    arm,
    units: people,
    answers: people,
    latency: each((person) => 5 + (person % 7) / 10),
    error_rate: each((person) => Number(person < failed)),
    cost: sumUnits([]),
  };
}

/** Stars that people gave in turn, once each, and how many of them reported harm. */
export function ratingsSeen(arm: Arm, people: number, stars: readonly number[], reporters = 0): FeedbackSeen {
  const rating = sumUnits(
    Array.from({ length: people }, (_, person) => ({ count: 1, total: stars[person % stars.length] ?? 3 })),
  );
  return { step: 0, arm, rating, thumbs: sumUnits([]), satisfaction: sumUnits([]), reporters };
}
