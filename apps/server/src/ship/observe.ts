import type { RampKind } from '@attune/contracts';
import type { RampArm, RampObservations, RampStepSeen, UnitSums } from '@attune/core';
import { sumUnits } from '@attune/core';
import { secondsInStep, stepStarts } from './ramp-history.ts';
import type { RampRow } from './ramp-store.ts';

/** Which answers a ramp compares, and since when it gave which share. */
export interface RampWindow {
  readonly organization: string;
  /** Reward models choose answers, policies write them. */
  readonly kind: RampKind;
  readonly treatment: string;
  /** Null where no model stood before: answers that no model chose. */
  readonly control: string | null;
  /** When each step began, the first one first. */
  readonly starts: readonly Date[];
  /** Counting tokens reads every candidate: only where something asks for them. */
  readonly withCost: boolean;
}

/** What people got from one model during one step; a unit is a user, else a session, else a single answer. */
export interface AnswersSeen {
  /** Index among the window's starts. */
  readonly step: number;
  readonly arm: 'treatment' | 'control';
  readonly units: number;
  readonly answers: number;
  /** Of the logarithm of milliseconds. */
  readonly latency: UnitSums;
  readonly error_rate: UnitSums;
  readonly cost: UnitSums;
}

/** What they said about it. */
export interface FeedbackSeen {
  readonly step: number;
  readonly arm: 'treatment' | 'control';
  readonly rating: UnitSums;
  readonly thumbs: UnitSums;
  readonly satisfaction: UnitSums;
  readonly reporters: number;
}

/** Where a ramp's evidence is kept: serve knows the answers, collect what people said. */
export interface Observations {
  answers(window: RampWindow): Promise<AnswersSeen[]>;
  feedback(window: RampWindow): Promise<FeedbackSeen[]>;
}

/** Both arms of a ramp in each of its steps so far, and the present step's progress. */
export async function observe(from: Observations, ramp: RampRow, now: Date): Promise<RampObservations> {
  const starts = stepStarts(ramp);
  const window: RampWindow = {
    organization: ramp.organization,
    kind: ramp.kind,
    treatment: ramp.model_id,
    control: ramp.previous_model_id,
    starts: starts.map(({ at }) => at),
    withCost: watchesCost(ramp),
  };
  const [answers, feedback] = [await from.answers(window), await from.feedback(window)];
  return {
    seconds_in_step: secondsInStep(ramp, now),
    paused: ramp.paused_at !== null,
    sample_ratio_so_far: ramp.evidence?.sample_ratio_p_value ?? 1,
    steps: starts.map(({ share }, step): RampStepSeen => {
      const arm = (name: 'treatment' | 'control') =>
        armOf(
          answers.find((row) => row.step === step && row.arm === name),
          feedback.find((row) => row.step === step && row.arm === name),
        );
      return { share, treatment: arm('treatment'), control: arm('control') };
    }),
  };
}

function watchesCost({ guards, steps }: RampRow): boolean {
  return [...guards, ...steps.flatMap((step) => step.guards ?? [])].some(({ metric }) => metric === 'cost');
}

const nothing: UnitSums = sumUnits([]);

function armOf(answers: AnswersSeen | undefined, feedback: FeedbackSeen | undefined): RampArm {
  return {
    units: answers?.units ?? 0,
    answers: answers?.answers ?? 0,
    latency: answers?.latency ?? nothing,
    cost: answers?.cost ?? nothing,
    error_rate: answers?.error_rate ?? nothing,
    rating: feedback?.rating ?? nothing,
    thumbs: feedback?.thumbs ?? nothing,
    satisfaction: feedback?.satisfaction ?? nothing,
    reporters: feedback?.reporters ?? 0,
  };
}
