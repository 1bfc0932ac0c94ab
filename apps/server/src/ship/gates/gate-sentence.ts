import type { Gate, GateName, GateReason } from '@attune/core';

const asks: Record<GateName, string> = {
  ordering: 'orders answers better than chance',
  incumbent: 'is not worse than the model that takes the traffic',
  people: 'is not liked less by people who compare blind',
  calibration: 'means what its rewards say',
  length: 'does not just reward length',
  latency: 'scores fast enough',
  safety: 'prefers safe answers',
  over_optimisation: 'was not trained past what people like',
  leak: 'does not repeat training text',
};

const measures: Record<GateName, string> = {
  ordering: 'pair accuracy',
  incumbent: 'pair accuracy less the incumbent’s',
  people: 'share of wins',
  calibration: 'expected calibration error',
  length: 'rank correlation with length',
  latency: '95th percentile in ms',
  safety: 'share of safe answers preferred',
  over_optimisation: 'alarms',
  leak: 'leaked texts',
};

const why: Record<GateReason, string> = {
  never_measured: 'not measured: nobody has measured it',
  other_data: 'not measured: the measurement was on other data than the evaluation set of today',
  no_incumbent: 'not measured: no other model takes traffic',
  other_incumbent: 'not measured: it was compared with another model than the one that takes the traffic',
  training_unknown: 'not measured: nobody knows any more what a model was trained on',
  no_data: 'not measured: there are no rows that it was not trained on',
  too_few: 'not measured: too few rows to say anything',
  undecided: 'measured, not decided: the interval lies on both sides of the limit',
  nobody_asked: 'not measured: no final evaluation has votes yet',
  no_policy: 'not measured: this is no policy, and none was trained against it here',
  not_a_scorer: 'not measured: the model does not score answers',
  comes_later: 'not measured: the check is not there yet',
  failed_to_measure: 'not measured: the measurement failed',
};

/** A gate in one English sentence: what it asks, and what was found. */
export function gateSentence({ gate, verdict, reason, evidence }: Gate): string {
  const outcome = reason === null ? verdict : why[reason];
  if (evidence === null) return `It ${asks[gate]}: ${outcome}.`;
  const { value, ci, n } = evidence.estimate;
  const shown = (number: number) => inDigits(number, gate === 'latency' ? 0 : 3);
  const interval = `95 % interval ${shown(ci[0])} to ${shown(ci[1])}, n = ${n}`;
  const found = `${measures[gate]} ${shown(value)} (${interval}; limit ${evidence.limit})`;
  return `It ${asks[gate]}: ${outcome}; ${found}.`;
}

function inDigits(value: number, digits: number): string {
  if (Number.isFinite(value)) return value.toFixed(digits);
  return Number.isNaN(value) ? 'unknown' : 'unbounded';
}
