import { type Range, withLeastVariance } from '../experiments/least-variance.ts';
import { meanDifference } from '../experiments/mean-difference.ts';
import { type Count, shareDifference } from '../experiments/share-difference.ts';
import { armMoments, type UnitSums } from '../experiments/unit-sums.ts';
import { type Estimate, momentsInterval, wilson } from '../interval.ts';
import type { Moments } from '../moments.ts';

/** A metric in two periods, and the later less the earlier. */
export interface PeriodChange {
  readonly now: Estimate;
  readonly before: Estimate;
  readonly change: Estimate;
}

/**
 * A report looks at a handful of changes at once: 99 % intervals keep the chance that an unchanged week shows one of
 * ten as a change at a tenth, where 95 % ones would show one in two weeks of five.
 */
const CONFIDENCE = 0.99;
/** Fewer people in either period say too little of a change. */
const LEAST_UNITS = 20;

/**
 * The ratio of sums (a mean, a share of answers) in two periods, people being the independent units (see `armMoments`),
 * and the change with Welch's interval at 99 %. n counts people. For one look at a period that is over.
 * @param range between which values each observation lies, where it is bounded
 */
export function ratioChange(now: UnitSums, before: UnitSums, range?: Range): PeriodChange {
  const [a, b] = [momentsByUnit(now, range), momentsByUnit(before, range)];
  return {
    now: within(momentsInterval(a), range),
    before: within(momentsInterval(b), range),
    change: meanDifference(a, b, CONFIDENCE),
  };
}

/** No interval reaches beyond what can be. */
function within(
  { value, ci: [low, high], n }: Estimate,
  [least, most]: Range = [-Infinity, Infinity],
): Estimate {
  return { value, ci: [Math.max(low, least), Math.min(high, most)], n };
}

/** A share of single things in two periods, and the change with Newcombe's interval at 99 %. */
export function shareChange(now: Count, before: Count): PeriodChange {
  return {
    now: wilson(now.successes, now.n),
    before: wilson(before.successes, before.n),
    change: shareDifference(now, before, CONFIDENCE),
  };
}

/** Moments whose variance over n is that of the ratio, with n the number of units. */
function momentsByUnit(sums: UnitSums, range: Range | undefined): Moments {
  const arm = armMoments(sums);
  const { units, n, mean, variance } = range === undefined ? arm : withLeastVariance(arm, range);
  return { n: units, mean, variance: (variance * units) / n };
}

/** What a change comes to. `unclear`: the interval holds 0; `neither`: it changed, and no direction is the better one. */
export type ChangeVerdict = 'better' | 'worse' | 'neither' | 'unclear' | 'not_enough_data';

/** Judges a change by its whole interval. */
export function judgeChange(
  { now, before, change }: PeriodChange,
  goodWhen: 'higher' | 'lower' | null,
): ChangeVerdict {
  if (Math.min(now.n, before.n) < LEAST_UNITS) return 'not_enough_data';
  const [low, high] = change.ci;
  if (!(low > 0) && !(high < 0)) return 'unclear';
  if (goodWhen === null) return 'neither';
  return low > 0 === (goodWhen === 'higher') ? 'better' : 'worse';
}
