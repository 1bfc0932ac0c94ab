import { AttuneError, type Candidate } from '@attune/contracts';
import { askForMore } from '@attune/core';
import { askedOf } from './ask.ts';
import { type FailedCandidate, loggedFailure, loggedWritten, type WrittenCandidate } from './candidate.ts';
import { since } from './conversation-row.ts';
import { type Generated, generate, type NumberedDraft, numbered } from './generate.ts';
import type { Usage } from './generator.ts';
import { merge } from './merge.ts';
import type { Prepared } from './prepare.ts';
import { type Scored, type ScoredCandidate, score } from './score.ts';
import type { Scorer } from './scorer.ts';
import { type Selected, select } from './select.ts';
import { generationStage, type Stage } from './stage.ts';

/** Longest that an answer waits for its scores, whatever its budget. */
const LONGEST_SCORING_MS = 3_000;

/** How the candidates of a question fared. */
export interface Competition {
  readonly selected: Selected;
  /** Every candidate in the order it was asked for, as logged. */
  readonly candidates: readonly Candidate[];
  /** Those still being written. */
  readonly late: Generated['late'];
  /** What went less well than it could, by code. */
  readonly degraded: readonly string[];
  readonly scoringMs: number | null;
  readonly generationMs: number;
  /** Tokens that all candidates together cost. */
  readonly usage: Usage | null;
  readonly stages: readonly Stage[];
}

/** No candidate could be written; `error` says why to the caller. */
export class NoCandidate extends Error {
  readonly error: AttuneError;
  readonly candidates: readonly Candidate[];
  readonly stages: readonly Stage[];

  constructor(error: AttuneError, failed: readonly FailedCandidate[], stages: readonly Stage[]) {
    super(error.message, { cause: error });
    this.error = error;
    this.candidates = failed.map(loggedFailure);
    this.stages = stages;
  }
}

/** What has been gathered so far. */
interface Field {
  scored: ScoredCandidate[];
  away: WrittenCandidate[];
  failed: FailedCandidate[];
  late: Generated['late'][number][];
  degraded: Set<string>;
  scoringMs: number | null;
  generationMs: number;
  stages: Stage[];
}

/**
 * Generates, scores and selects: all candidates at once, or one by one until one is good enough (adaptive). When
 * none passes and there is time, a second round of candidates joins them.
 * @throws NoCandidate when none could be written
 */
export async function compete(prepared: Prepared, scorer: Scorer, signal: AbortSignal): Promise<Competition> {
  const field: Field = {
    scored: [],
    away: [],
    failed: [],
    late: [],
    degraded: new Set(),
    scoringMs: null,
    generationMs: 0,
    stages: [],
  };
  await gather(field, prepared.drafts, prepared, scorer, signal);
  refuseEmpty(field);
  let selected = await select(prepared.question, field.scored);
  if (!selected.passed && worthAnotherRound(field, prepared)) {
    const { drafts } = (await prepared.again?.(signal)) ?? { drafts: [] };
    await gather(field, numbered(drafts, prepared.drafts.length), prepared, scorer, signal);
    selected = await select(prepared.question, field.scored);
  }
  return finish(field, selected);
}

async function gather(
  field: Field,
  drafts: readonly NumberedDraft[],
  prepared: Prepared,
  scorer: Scorer,
  signal: AbortSignal,
): Promise<void> {
  const { options } = prepared.question;
  if (!options.adaptive || prepared.rewardModel === null) {
    return gatherOnce(field, drafts, prepared, scorer, signal);
  }
  for (const draft of drafts) {
    await gatherOnce(field, [draft], prepared, scorer, signal);
    const rewards = field.scored.map(({ reward }) => reward);
    const timeLeftMs = prepared.generationDeadline - performance.now();
    const slowest = Math.max(0, ...field.scored.map(({ latencyMs }) => latencyMs));
    const budget = { threshold: options.threshold, maxCandidates: Number.POSITIVE_INFINITY };
    if (!askForMore(rewards, { ...budget, timeLeftMs, expectedMs: slowest }).ask) return;
  }
}

async function gatherOnce(
  field: Field,
  drafts: readonly NumberedDraft[],
  prepared: Prepared,
  scorer: Scorer,
  signal: AbortSignal,
): Promise<void> {
  const { startedAt } = prepared.question;
  const start = performance.now();
  const { written, failed, late } = await generate(drafts, prepared.generationDeadline, signal);
  field.generationMs += since(start);
  field.stages.push(...[...written, ...failed].map((each) => generationStage(each, start - startedAt)));
  field.failed.push(...failed);
  field.late.push(...late);
  if (failed.length > 0) field.degraded.add('candidates_failed');
  if (late.length > 0) field.degraded.add('candidates_late');
  const { kept, away } = merge([...field.scored, ...written]);
  field.away.push(...away);
  const before = new Map(field.scored.map((candidate) => [candidate.id, candidate]));
  const fresh = kept.filter(({ id }) => !before.has(id));
  const startMs = since(startedAt);
  const scored = await scoreFresh(fresh, prepared, scorer);
  note(field, scored, startMs);
  const known = kept.flatMap((candidate) => {
    const earlier = before.get(candidate.id);
    return earlier === undefined ? [] : [{ ...earlier, merged: candidate.merged }];
  });
  field.scored = [...known, ...scored.candidates];
}

function scoreFresh(fresh: readonly WrittenCandidate[], prepared: Prepared, scorer: Scorer): Promise<Scored> {
  const { question, rewardModel, deadline } = prepared;
  const left = Math.max(1, deadline - performance.now());
  const task = {
    asked: askedOf(question),
    model: rewardModel,
    dimensionWeights: question.options.dimensionWeights,
    timeoutMs: Math.min(LONGEST_SCORING_MS, left),
  };
  return score(fresh, task, scorer);
}

function note(field: Field, { candidates, degraded, scoringMs }: Scored, startMs: number): void {
  if (degraded !== null) field.degraded.add(degraded);
  if (scoringMs === null) return;
  field.scoringMs = (field.scoringMs ?? 0) + scoringMs;
  const counted = { candidates: candidates.length, error: degraded };
  field.stages.push({ kind: 'score', startMs, durationMs: scoringMs, ...counted });
}

function refuseEmpty({ scored, failed, stages }: Field): void {
  if (scored.length > 0) return;
  const message = 'No candidate was ready within the latency budget.';
  const error = failed[0]?.error ?? new AttuneError('upstream_timeout', { message });
  throw new NoCandidate(error, failed, stages);
}

/** Without a reward model a second round would be judged by the same rules that the same generator just failed. */
function worthAnotherRound({ scored, generationMs }: Field, prepared: Prepared): boolean {
  const timeLeft = prepared.generationDeadline - performance.now();
  return prepared.again !== null && scored.some(({ reward }) => reward !== null) && timeLeft > generationMs;
}

function finish(field: Field, selected: Selected): Competition {
  const candidates = [
    ...selected.candidates,
    ...field.away.map((candidate) => ({ ...loggedWritten(candidate), propensity: 0 })),
    ...field.failed.map(loggedFailure),
  ];
  return {
    selected,
    candidates: candidates.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1))),
    late: field.late,
    degraded: [...field.degraded],
    scoringMs: field.scoringMs,
    generationMs: field.generationMs,
    usage: totalUsage([...field.scored, ...field.away]),
    stages: field.stages,
  };
}

/** A client pays for every candidate, so it is told the tokens of all. */
function totalUsage(candidates: readonly WrittenCandidate[]): Usage | null {
  const usages = candidates.flatMap(({ generation }) => generation.usage ?? []);
  const [first, ...others] = usages;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, usage) => total + of(usage), 0);
  return {
    prompt_tokens: sum((usage) => usage.prompt_tokens),
    completion_tokens: sum((usage) => usage.completion_tokens),
    total_tokens: sum((usage) => usage.total_tokens),
  };
}
