import type { MetricResult } from '@attune/contracts';
import {
  type ArmMoments,
  adjustForPast,
  armMoments,
  type Estimate,
  type ExperimentMetric,
  meanDifferenceSequence,
  relativeDifferenceSequence,
  type SequenceOptions,
  sequencePValue,
  sumUnits,
  type UnitSums,
  withLeastVariance,
} from '@attune/core';
import { finite, shown } from '../shown-estimate.ts';

/** Sums of both arms; what nobody did adds up to nothing. */
export interface ArmSums {
  readonly control: UnitSums;
  readonly treatment: UnitSums;
}

const nothing: UnitSums = sumUnits([]);

/** The sums of both arms from rows of which an arm without any is missing. */
export function armSums<Row extends { arm: 'control' | 'treatment' }>(
  rows: readonly Row[],
  sums: (row: Row) => UnitSums,
): ArmSums {
  const of = (arm: Row['arm']) => {
    const row = rows.find((row) => row.arm === arm);
    return row === undefined ? nothing : sums(row);
  };
  return { control: of('control'), treatment: of('treatment') };
}

/** A metric of both arms compared, with intervals in the API's form. `q_value` is for whoever sees all metrics. */
export function metricResult(
  metric: ExperimentMetric,
  { control, treatment }: ArmSums,
  options: SequenceOptions,
): MetricResult {
  const compared = control.units > 1 && treatment.units > 1;
  const adjusted = compared ? adjustForPast(treatment, control) : null;
  const [a, b] =
    adjusted === null
      ? [floored(metric, armMoments(treatment)), floored(metric, armMoments(control))]
      : [floored(metric, adjusted.treatment), floored(metric, adjusted.control)];
  return {
    metric,
    control: armValue(armMoments(control)),
    treatment: armValue(armMoments(treatment)),
    difference: shown(meanDifferenceSequence(a, b, options)),
    relative: shown(relativeDifferenceSequence(a, b, options)),
    p_value: compared ? sequencePValue(a, b, options) : null,
    q_value: null,
    variance_removed: adjusted?.variance_removed ?? 0,
  };
}

/** Bounded metrics, between which values. */
const ranges: Partial<Record<ExperimentMetric, readonly [number, number]>> = {
  satisfaction: [0, 1],
  error_rate: [0, 1],
  rating: [1, 5],
};

/** Where hardly anything varied, an interval of hardly any width would be a lie. */
function floored(metric: ExperimentMetric, arm: ArmMoments): ArmMoments {
  const range = ranges[metric];
  return range === undefined ? arm : withLeastVariance(arm, range);
}

export function armValue({ mean, n, units }: ArmMoments): { value: number | null; n: number; users: number } {
  return { value: finite(mean), n, users: units };
}

/** The estimate behind what is shown. */
export function estimateOf({ value, ci, n }: MetricResult['difference']): Estimate {
  return { value: value ?? Number.NaN, ci: [ci[0] ?? -Infinity, ci[1] ?? Infinity], n };
}
