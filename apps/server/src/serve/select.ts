import type { Candidate } from '@attune/contracts';
import {
  type Check,
  type CheckOutcome,
  select as choose,
  coherenceCheck,
  lengthCheck,
  type Selection,
} from '@attune/core';
import type { Question } from './ask.ts';
import { loggedWritten } from './candidate.ts';
import type { ScoredCandidate } from './score.ts';

/** The chosen candidate and how it was chosen. */
export interface Selected {
  readonly chosen: ScoredCandidate;
  /** Whether it passed every check and the threshold; false means that nothing did. */
  readonly passed: boolean;
  /** Whether nothing but the threshold keeps the chosen one from passing. */
  readonly onlyBelowThreshold: boolean;
  /** Every candidate that competed, as it is logged. */
  readonly candidates: readonly Candidate[];
}

/** What every answer must pass. Checks of toxicity and groundedness have the same form and belong into this list. */
const checks: readonly Check<CheckOutcome | Promise<CheckOutcome>>[] = [lengthCheck(), coherenceCheck()];

/** Checks the candidates and chooses the one to deliver, by the question's strategy. */
export async function select(question: Question, candidates: readonly ScoredCandidate[]): Promise<Selected> {
  const { options } = question;
  const contenders = await Promise.all(
    candidates.map(async (candidate) => ({
      id: candidate.id,
      reward_score: candidate.reward,
      checks: candidate.generation.callsTools ? [] : await outcomes(question, candidate),
    })),
  );
  const selection = choose(contenders, {
    strategy: options.strategy,
    threshold: options.threshold,
    ...(options.selectionTemperature === undefined ? {} : { temperature: options.selectionTemperature }),
  });
  const chosen = candidates.find(({ id }) => id === selection.id);
  if (chosen === undefined) throw new Error(`selection chose ${selection.id}, which is not there`);
  const logged = candidates.map((candidate) => loggedScored(candidate, selection));
  const reasons = selection.reasons[chosen.id] ?? [];
  const onlyBelowThreshold = reasons.length > 0 && reasons.every((reason) => reason === 'below_threshold');
  return { chosen, passed: selection.passed, onlyBelowThreshold, candidates: logged };
}

function outcomes(question: Question, { generation }: ScoredCandidate): Promise<CheckOutcome[]> {
  const input = {
    query: question.query,
    text: generation.text,
    finish_reason: limitsLength(question) ? 'stop' : generation.finishReason,
  };
  return Promise.all(checks.map((check) => check.run(input)));
}

/** A client that sets a limit wants an answer cut there: that is no flaw of the answer. */
function limitsLength({ request }: Question): boolean {
  return typeof request.max_tokens === 'number' || typeof request.max_completion_tokens === 'number';
}

function loggedScored(candidate: ScoredCandidate, selection: Selection): Candidate {
  return {
    ...loggedWritten(candidate),
    reward_score: candidate.reward,
    ...(candidate.dimensions === undefined ? {} : { dimension_scores: candidate.dimensions }),
    failed_checks: selection.reasons[candidate.id] ?? [],
    propensity: selection.propensities[candidate.id] ?? 0,
  };
}
