import type { SnapshotRating } from '@attune/contracts';
import { bootstrap, type Estimate, mean, pairAccuracy, quantile, questionKey } from '@attune/core';
import type { RewardOf } from './measure-model.ts';
import { comparisonsWithin } from './rated-answers.ts';

/** A measurement with its 95 % interval over questions; `n` counts answers, or pairs. */
interface Measured {
  readonly value: number;
  readonly ci: readonly [number | null, number | null];
  readonly n: number;
}

/** How a model does on the answers of one length, category or group of users. */
interface ErrorGroup {
  readonly group: string;
  /** Mean distance of reward and mean rating, both from 0 to 1. */
  readonly mae?: Measured;
  readonly pair_accuracy?: Measured;
}

/** As the trainer's reports have them (trainer/attune_trainer/evaluation/errors.py). */
export type ErrorTables = Partial<Record<'length' | 'category' | 'user_group', ErrorGroup[]>>;

/** Rated answers that a group needs to stand alone, and groups that stand alone at most; the rest is told together. */
const FEWEST = 20;
const MOST_GROUPS = 12;
const OTHER = 'other';
const QUARTERS = [0, 1, 2, 3] as const;

/** An answer with what people gave it, by group of users. */
interface Answer {
  readonly key: string;
  readonly response: string;
  readonly length: number;
  readonly reward: number;
  readonly rating: number;
  readonly category: string;
  readonly byUserGroup: ReadonlyMap<string, number>;
}

/** The groups that an answer is in, with its mean rating there. */
type Filed = (answer: Answer) => ReadonlyMap<string, number>;

/** Where a reward model errs: by length of the answer, and by category and group of users where rows name them. */
export function errorTables(
  ratings: readonly SnapshotRating[],
  rewardOf: RewardOf,
  seed: number,
): ErrorTables {
  const answers = answersIn(ratings, rewardOf);
  const quarters = lengthQuarters(answers);
  const byCategory: Filed = ({ category, rating }) => new Map([[category, rating]]);
  const byUser: Filed = ({ byUserGroup }) => byUserGroup;
  const tables = {
    length: tableOf(answers, quarters.filed, quarters.names, seed),
    category: tableOf(answers, byCategory, largeGroups(answers, byCategory), seed),
    user_group: tableOf(answers, byUser, largeGroups(answers, byUser), seed),
  };
  return Object.fromEntries(Object.entries(tables).filter(([, groups]) => groups.length > 0));
}

function answersIn(ratings: readonly SnapshotRating[], rewardOf: RewardOf): Answer[] {
  const same = Map.groupBy(ratings, ({ query, context = '', response }) =>
    JSON.stringify([query, context, response]),
  );
  return [...same.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const byGroup = Map.groupBy(rows, ({ user_group = '' }) => user_group);
    return {
      key: questionKey(first),
      response: first.response,
      length: first.response.length,
      reward: rewardOf(first, first.response),
      rating: meanRating(rows),
      category: rows.find(({ category }) => category !== undefined)?.category ?? '',
      byUserGroup: new Map([...byGroup].map(([group, own]) => [group, meanRating(own)])),
    };
  });
}

function meanRating(rows: readonly SnapshotRating[]): number {
  return mean(rows.map(({ rating }) => rating));
}

function lengthQuarters(answers: readonly Answer[]) {
  const lengths = answers.map(({ length }) => length);
  const edges = [0, 0.25, 0.5, 0.75, 1].map((p) => Math.round(quantile(lengths, p)));
  const names = QUARTERS.map((at) => `${edges[at]}–${edges[at + 1]} characters`);
  const filed: Filed = ({ length, rating }) => {
    const quarter = edges.slice(1, -1).filter((edge) => length >= edge).length;
    return new Map([[names[quarter] ?? OTHER, rating]]);
  };
  return { names, filed };
}

/** Names of the groups that stand alone, the largest first. */
function largeGroups(answers: readonly Answer[], filed: Filed): string[] {
  const names = answers.flatMap((answer) => [...filed(answer).keys()]).filter((name) => name !== '');
  return [...Map.groupBy(names, (name) => name)]
    .filter(([, own]) => own.length >= FEWEST)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_GROUPS)
    .map(([name]) => name);
}

/** The measurements of each group and of all others together; none where no group stands alone. */
function tableOf(
  answers: readonly Answer[],
  filed: Filed,
  names: readonly string[],
  seed: number,
): ErrorGroup[] {
  if (names.length === 0 || answers.length === 0) return [];
  const known = new Set(names);
  const compared = [...Map.groupBy(answers, ({ key }) => key).values()].flatMap((own) =>
    comparisonsWithin(own, seed),
  );
  return [...new Set([...names, OTHER])].flatMap((name) => {
    const isInside = (group: string) => (known.has(group) ? group : OTHER) === name;
    const inside = new Map(
      answers.flatMap((answer) => {
        const given = [...filed(answer)].filter(([group]) => isInside(group)).map(([, rating]) => rating);
        return given.length === 0 ? [] : [[answer, mean(given)] as const];
      }),
    );
    const found = measured(inside, compared, seed);
    return Object.keys(found).length === 0 ? [] : [{ group: name, ...found }];
  });
}

/** A pair belongs to the groups of its better answer. */
function measured(
  inside: ReadonlyMap<Answer, number>,
  compared: readonly { key: string; chosen: Answer; rejected: Answer }[],
  seed: number,
): Omit<ErrorGroup, 'group'> {
  const errors = [...inside].map(([{ key, reward }, rating]) => ({
    key,
    value: Math.abs(reward - (rating - 1) / 4),
  }));
  const margins = compared
    .filter(({ chosen }) => inside.has(chosen))
    .map(({ key, chosen, rejected }) => ({ key, value: chosen.reward - rejected.reward }));
  return {
    ...(errors.length > 0 && { mae: overQuestions(errors, mean, seed) }),
    ...(margins.length > 0 && { pair_accuracy: overQuestions(margins, pairAccuracy, seed) }),
  };
}

function overQuestions(
  rows: readonly { key: string; value: number }[],
  statistic: (values: number[]) => number,
  seed: number,
): Measured {
  const groups = [...Map.groupBy(rows, ({ key }) => key).values()].map((own) =>
    own.map(({ value }) => value),
  );
  const { value, ci }: Estimate = bootstrap(groups, statistic, { seed });
  const bound = (limit: number) => (Number.isFinite(limit) ? limit : null);
  return { value, ci: [bound(ci[0]), bound(ci[1])], n: rows.length };
}
