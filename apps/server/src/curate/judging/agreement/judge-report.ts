import type { JudgeReport, JudgingEstimate, JudgingQuestion } from '@attune/contracts';
import { bootstrap, choiceBias, judgesAlpha, median, type SidedChoice, wilson } from '@attune/core';
import { likeness } from '../likeness.ts';
import { ownKey } from '../response-keys.ts';
import { toEstimate } from './estimates.ts';
import type { Measure, Rating } from './rated-units.ts';
import type { ReportInput, ReportItem, ReportVote } from './report-input.ts';

/** How one judge judges. @param reliability by judge, from one fit for all */
export function judgeReport(
  input: ReportInput,
  items: ReadonlyMap<string, ReportItem>,
  measures: readonly Measure[],
  reliability: ReadonlyMap<string, JudgingEstimate>,
  judge: string,
): JudgeReport {
  const own = input.votes.filter((vote) => vote.judge === judge);
  const votes = own.filter(({ skipped, kind }) => !skipped && kind === 'item');
  const seconds = own.flatMap((vote) => (vote.skipped ? [] : (vote.seconds ?? [])));
  const sided = votes.flatMap((vote) => sidedChoices(input.questions, items, vote));
  const bias = choiceBias(sided);
  const leftShare = toEstimate(bias.leftShare, bias.leftShare.n);
  return {
    judge,
    name: input.names[judge] ?? judge,
    judged: votes.length,
    skipped: own.filter(({ skipped }) => skipped).length,
    median_seconds: seconds.length === 0 ? null : median(seconds),
    agreement: agreementWithOthers(measures, judge, input.seed),
    alpha: alphaWithOthers(measures, judge, input.seed),
    control_accuracy: controlAccuracy(input.questions, items, own),
    reliability: reliability.get(judge) ?? toEstimate({ value: Number.NaN, ci: [0, 1], n: 0 }, 0),
    left_share: { ...leftShare, biased: excludesHalf(leftShare) },
    longer_share: toEstimate(bias.longerShare, bias.longerShare.n),
    length_slope: toEstimate(bias.lengthSlope, bias.lengthSlope.n),
  };
}

function excludesHalf({ ci: [low, high] }: JudgingEstimate): boolean {
  return (low !== null && low > 0.5) || (high !== null && high < 0.5);
}

/** Share of the others' ratings of the same things that are the same, resampled by item. */
function agreementWithOthers(measures: readonly Measure[], judge: string, seed: number): JudgingEstimate {
  const compared = measures.flatMap(({ question, dimension, ratings }) =>
    [...Map.groupBy(ratings, ({ unit }) => unit).values()].flatMap((unit) =>
      comparisons(unit, judge).map((same) => ({ same, item: unit[0]?.item ?? '', question, dimension })),
    ),
  );
  const byItem = [...Map.groupBy(compared, ({ item }) => item).values()];
  const share = (rows: readonly { same: boolean }[]) => rows.filter(({ same }) => same).length / rows.length;
  return toEstimate(bootstrap(byItem, share, { seed }), compared.length);
}

/** Agreement beyond chance; what is compared both ways is counted both ways, as in the agreement on a question. */
function alphaWithOthers(measures: readonly Measure[], judge: string, seed: number): JudgingEstimate {
  const shared = measures.flatMap(({ question, dimension, ratings, swapped }) =>
    [...Map.groupBy([...ratings, ...swapped], ({ unit }) => unit).values()].flatMap((unit) => {
      const own = unit.find((rating) => rating.judge === judge);
      const others = unit.filter((rating) => rating.judge !== judge).map(({ value }) => value);
      if (own === undefined || others.length === 0) return [];
      return {
        item: own.item,
        ways: swapped.length === 0 ? 1 : 2,
        own: own.value,
        others,
        question: `${question} ${dimension}`,
      };
    }),
  );
  const clusters = shared.map(({ item }) => item);
  const compared = shared.reduce((sum, { ways, others }) => sum + others.length / ways, 0);
  return toEstimate(judgesAlpha(shared, 'nominal', { seed, clusters }), compared);
}

function comparisons(unit: readonly Rating[], judge: string): boolean[] {
  const own = unit.find((rating) => rating.judge === judge);
  if (own === undefined) return [];
  return unit.filter((rating) => rating.judge !== judge).map(({ value }) => value === own.value);
}

/** Share of known answers that were given, with Wilson's interval; strengths do not count. */
function controlAccuracy(
  questions: readonly JudgingQuestion[],
  items: ReadonlyMap<string, ReportItem>,
  votes: readonly ReportVote[],
): JudgingEstimate {
  const right = votes.flatMap((vote) => {
    const known = vote.kind === 'control' && !vote.skipped ? items.get(vote.item)?.known : null;
    if (known === null || known === undefined) return [];
    return questions.flatMap((question) => {
      const [truth, answer] = [known[question.id], vote.answers[question.id]];
      if (truth === undefined || question.kind === 'text') return [];
      return answer !== undefined && likeness(question, truth, answer) === 1;
    });
  });
  return toEstimate(wilson(right.filter(Boolean).length, right.length), right.length);
}

/** Choices of one of two responses that stood side by side. */
function sidedChoices(
  questions: readonly JudgingQuestion[],
  items: ReadonlyMap<string, ReportItem>,
  { item, answers, shown }: ReportVote,
): SidedChoice[] {
  const lengths = items.get(item)?.lengths ?? [];
  const [left = 0, right = 1] = shown;
  return questions.flatMap(({ id }) => {
    const answer = answers[id];
    if (answer?.kind !== 'pairwise' || answer.choice === 'tie' || answer.choice === 'both_bad') return [];
    return {
      choseLeft: answer.choice === ownKey(left),
      leftLength: lengths[left] ?? 0,
      rightLength: lengths[right] ?? 0,
    };
  });
}
