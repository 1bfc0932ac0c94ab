import {
  type ExperimentPlan,
  reactionsFor,
  type SimulatedExperiments,
  simulateExperiments,
} from '@attune/core';
import { UsageError } from './failure.ts';

/** Experiments of either kind that are simulated. */
const RUNS = 500;
/** Beyond so many reactions, simulating takes minutes. */
const MOST_REACTIONS = 2_000_000;

/** What the plan of an experiment asks for, and what it gave when simulated. */
export interface PlannedExperiment extends Required<Omit<ExperimentPlan, 'power'>> {
  readonly reactions: number;
  readonly per_day: number;
  readonly days: number;
  /** Null where it is too large to be simulated. */
  readonly simulated: (SimulatedExperiments & { readonly runs: number; readonly seed: number }) | null;
}

export interface SimulateOptions {
  readonly rate: number;
  readonly effect: number;
  readonly baseline: number;
  readonly split: number;
  readonly seed: number;
}

/** @throws UsageError where no such experiment can be planned */
export function simulateExperiment(options: SimulateOptions): PlannedExperiment {
  const { rate, effect, baseline, split, seed } = checked(options);
  const plan = { baseline, effect, treatmentShare: split };
  const reactions = reactionsFor(plan);
  if (reactions === Infinity) {
    throw new UsageError(
      `An effect of ${percentText(effect)} takes more than a billion reactions.`,
      'Look for a larger one.',
    );
  }
  const simulated =
    reactions > MOST_REACTIONS
      ? null
      : { ...simulateExperiments(plan, { reactions, runs: RUNS, seed }), runs: RUNS, seed };
  return { ...plan, reactions, per_day: rate, days: reactions / rate, simulated };
}

function checked(options: SimulateOptions): SimulateOptions {
  const { rate, effect, baseline, split, seed } = options;
  const treatment = baseline * (1 + effect);
  const isShare = (value: number) => value > 0 && value < 1;
  if (!(rate > 0)) throw new UsageError('--rate is the number of reactions a day, above 0.', '--rate 200');
  if (!(isShare(baseline) && isShare(treatment))) {
    throw new UsageError(
      'The baseline, and the baseline with the effect, are shares between 0 and 1.',
      'A tenth more than 0.6 is --baseline 0.6 --effect 0.1.',
    );
  }
  if (effect === 0) throw new UsageError('Nobody finds an effect of 0.', '--effect 0.05 is 5 % more.');
  if (!isShare(split)) throw new UsageError('--split is a share between 0 and 1.', '--split 0.5');
  if (!Number.isInteger(seed)) throw new UsageError('--seed is a whole number.', '--seed 1');
  return options;
}

export function plannedText(planned: PlannedExperiment): string {
  const { baseline, effect, treatmentShare, reactions, per_day, days, simulated } = planned;
  const asked = `${percentText(baseline)} of reactions satisfied, ${percentText(effect)} ${effect > 0 ? 'more' : 'less'} with the treatment`;
  return [
    `  looking for   ${asked} (${percentText(baseline * (1 + effect))})`,
    `  needs         ${reactions} reactions, ${percentText(treatmentShare)} of them with the treatment`,
    `  takes         ${daysText(days)} at ${per_day} reactions a day`,
    ...(simulated === null ? ['  not simulated: too many reactions'] : simulatedText(simulated, per_day)),
  ].join('\n');
}

function simulatedText(
  { runs, seed, found, false_alarms, median_reactions }: NonNullable<PlannedExperiment['simulated']>,
  perDay: number,
): string[] {
  const median =
    median_reactions === null ? '' : `, half of these within ${daysText(median_reactions / perDay)}`;
  return [
    `  simulated     ${runs} such experiments (seed ${seed}), one reaction a user, looked at throughout:`,
    `  found         ${percentText(found)}${median}`,
    `  false alarms  ${percentText(false_alarms)} of ${runs} in which nothing differs`,
  ];
}

function daysText(days: number): string {
  const rounded = Math.max(1, Math.ceil(days));
  return rounded === 1 ? '1 day' : `${rounded} days`;
}

function percentText(share: number): string {
  return `${Number((Math.abs(share) * 100).toFixed(1))} %`;
}
