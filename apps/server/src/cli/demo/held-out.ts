import { bootstrap, type Estimate, seededRandom, shuffled } from '@attune/core';
import { type DemoQuestion, meanRating } from './corpus.ts';

export const methods = ['random', 'longest', 'plain', 'attune', 'oracle'] as const;
export type Method = (typeof methods)[number];

export interface HeldOut {
  questions: number;
  methods: Record<Method, { mean_rating: number; ci: [number, number]; n: number }>;
  /** Share of the way from a random candidate to the best possible: (attune − random) / (oracle − random). */
  gap_closed: number;
  gap_closed_ci: [number, number];
}

/** Index of the answer that each method delivered, for one held-out question. */
export interface Delivered {
  question: DemoQuestion;
  plain: number;
  attune: number;
}

/** Five folds by question, the same on every machine: every question is held out once. */
export function folds(questions: readonly DemoQuestion[], count = 5): DemoQuestion[][] {
  const mixed = shuffled([...questions], seededRandom(1));
  return Array.from({ length: count }, (_, fold) =>
    mixed.filter((_question, index) => index % count === fold),
  );
}

type Ratings = Record<Method, number>;

function ratingsOf({ question, plain, attune }: Delivered): Ratings {
  const ratings = question.answers.map(meanRating);
  const lengths = question.answers.map((answer) => answer.text.length);
  const at = (index: number) => ratings[index] ?? Number.NaN;
  return {
    // Its expected value, not one draw: no luck in the comparison.
    random: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
    longest: at(lengths.indexOf(Math.max(...lengths))),
    plain: at(plain),
    attune: at(attune),
    oracle: Math.max(...ratings),
  };
}

function meanOf(rows: readonly Ratings[], method: Method): number {
  return rows.reduce((sum, row) => sum + row[method], 0) / rows.length;
}

function gapClosed(rows: readonly Ratings[]): number {
  const random = meanOf(rows, 'random');
  return (meanOf(rows, 'attune') - random) / (meanOf(rows, 'oracle') - random);
}

/** Mean human rating of what each method delivered, with 95 % bootstrap intervals over questions. */
export function heldOut(delivered: readonly Delivered[]): HeldOut {
  const groups = delivered.map((one) => [ratingsOf(one)]);
  const estimate = (statistic: (rows: Ratings[]) => number): Estimate =>
    bootstrap(groups, statistic, { seed: 1 });
  const result = (method: Method) => {
    const { value, ci, n } = estimate((rows) => meanOf(rows, method));
    return { mean_rating: value, ci, n };
  };
  const gap = estimate(gapClosed);
  return {
    questions: delivered.length,
    methods: {
      random: result('random'),
      longest: result('longest'),
      plain: result('plain'),
      attune: result('attune'),
      oracle: result('oracle'),
    },
    gap_closed: gap.value,
    gap_closed_ci: gap.ci,
  };
}
