import { type ArmName, inShare, sumUnits, type Unit } from '@attune/core';
import type { Evidence } from '../experiments/experiment-evidence.ts';

/** What one user got in a span of time. */
export interface UserAnswers {
  readonly user: string;
  readonly delivered: number;
  readonly milliseconds: number;
  readonly asked: number;
  readonly failed: number;
}

/** What one user said in a span of time. */
export interface UserFeedback {
  readonly user: string;
  readonly reactions: number;
  readonly positive: number;
  readonly ratings: number;
  readonly stars: number;
}

const arms: readonly ArmName[] = ['control', 'treatment'];

/**
 * The evidence of an experiment that nobody is in: users are sent to arms as an experiment with this salt would send
 * them, and what they got and said anyway is added up by arm.
 */
export function virtualArms(
  salt: string,
  answers: readonly UserAnswers[],
  feedback: readonly UserFeedback[],
): Evidence {
  const armOf = ({ user }: { user: string }): ArmName => (inShare(user, salt, 0.5) ? 'treatment' : 'control');
  const sums = <Row>(rows: readonly Row[], unit: (row: Row) => Unit) =>
    sumUnits(rows.map(unit).filter(({ count }) => count > 0));
  return {
    answers: arms.map((arm) => {
      const mine = answers.filter((row) => armOf(row) === arm);
      return {
        arm,
        users: mine.length,
        latency: sums(mine, ({ delivered, milliseconds }) => ({ count: delivered, total: milliseconds })),
        error_rate: sums(mine, ({ asked, failed }) => ({ count: asked, total: failed })),
      };
    }),
    feedback: arms.map((arm) => {
      const mine = feedback.filter((row) => armOf(row) === arm);
      return {
        arm,
        satisfaction: sums(mine, ({ reactions, positive }) => ({ count: reactions, total: positive })),
        rating: sums(mine, ({ ratings, stars }) => ({ count: ratings, total: stars })),
        safety_reports: 0,
        reporters: 0,
      };
    }),
    segments: [],
  };
}
