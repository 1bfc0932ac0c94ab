import type { Moments } from '../moments.ts';
import { seededRandom } from '../random.ts';
import { meanDifferenceSequence } from './confidence-sequence.ts';
import { type ExperimentPlan, treatmentRate } from './experiment-plan.ts';
import { FEWEST_UNITS } from './recommendation.ts';

export interface Simulation {
  /** Reactions after which an experiment ends. */
  readonly reactions: number;
  /** Experiments of either kind: with the effect, and with none. */
  readonly runs: number;
  readonly seed: number;
}

/** What simulated experiments saw. */
export interface SimulatedExperiments {
  /** Share of those with the effect that found it, and of those without that saw one: looked at throughout. */
  readonly found: number;
  readonly false_alarms: number;
  /** Share of those with the effect that saw its opposite. */
  readonly found_opposite: number;
  /** Reactions after which half of those that found the effect had; null when none did. */
  readonly median_reactions: number | null;
}

/** Looks over an experiment's life; between two of them a difference may hide. */
const LOOKS = 1000;

/**
 * Simulates experiments in which every user reacts once, as planned, and looks a thousand times at each (after every
 * reaction where there are fewer): how often the always-valid interval leaves 0 out.
 * @throws RangeError as `treatmentRate`
 */
export function simulateExperiments(plan: ExperimentPlan, simulation: Simulation): SimulatedExperiments {
  const treatment = treatmentRate(plan);
  const { runs, seed } = simulation;
  const all = (rate: number, from: number) =>
    Array.from({ length: runs }, (_, run) =>
      firstDifference({ ...plan, treatment: rate }, simulation.reactions, seededRandom(from + run)),
    );
  const seen = all(treatment, seed);
  const nothing = all(plan.baseline, seed + runs);
  const upwards = plan.effect > 0;
  const found = seen.filter((look) => look !== null && look.upwards === upwards);
  const after = found.flatMap((look) => (look === null ? [] : [look.after])).sort((a, b) => a - b);
  return {
    found: found.length / runs,
    found_opposite: seen.filter((look) => look !== null && look.upwards !== upwards).length / runs,
    false_alarms: nothing.filter((look) => look !== null).length / runs,
    median_reactions: after[Math.floor(after.length / 2)] ?? null,
  };
}

interface Arm {
  n: number;
  satisfied: number;
}

/** When an experiment first saw a difference, and which way; null: never. */
function firstDifference(
  { baseline, treatment, treatmentShare = 0.5 }: ExperimentPlan & { treatment: number },
  reactions: number,
  random: () => number,
): { after: number; upwards: boolean } | null {
  const [control, treated]: [Arm, Arm] = [
    { n: 0, satisfied: 0 },
    { n: 0, satisfied: 0 },
  ];
  const step = Math.max(1, Math.floor(reactions / LOOKS));
  for (let after = 1; after <= reactions; after++) {
    const isTreated = random() < treatmentShare;
    const arm = isTreated ? treated : control;
    arm.n++;
    if (random() < (isTreated ? treatment : baseline)) arm.satisfied++;
    if (after % step !== 0 && after !== reactions) continue;
    if (Math.min(control.n, treated.n) < FEWEST_UNITS) continue;
    const { ci } = meanDifferenceSequence(momentsOfShare(treated), momentsOfShare(control), {
      tightestAt: reactions,
    });
    if (ci[0] > 0 || ci[1] < 0) return { after, upwards: ci[0] > 0 };
  }
  return null;
}

function momentsOfShare({ n, satisfied }: Arm): Moments {
  const mean = satisfied / n;
  return { n, mean, variance: (mean * (1 - mean) * n) / (n - 1) };
}
