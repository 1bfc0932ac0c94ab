import type { AnsweredQuestion, GenerationStage, ScoringStage } from '../observers.ts';
import { inputMessages, outputMessages } from './message-content.ts';

/** Attributes of a span, those without a value left out. */
export type SpanAttributes = Record<string, string | number | boolean | string[]>;

/** A span as it will be sent. Times are milliseconds since 1970. */
export interface PlannedSpan {
  readonly name: string;
  /** Server: the gateway was asked; client: it asked a model; internal: its own work. */
  readonly kind: 'server' | 'client' | 'internal';
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  /** Why it failed, by code. */
  readonly error: string | null;
}

/** The trace of an answer: the request, and what was done for it. */
export interface AnswerSpans {
  readonly request: PlannedSpan;
  readonly parts: readonly PlannedSpan[];
}

/**
 * The spans of an answer, with the names of OpenTelemetry's conventions for generative AI (gen_ai, in development).
 * Tokens stand on the calls of models alone: whoever adds them up over spans must not count them twice.
 * @param content whether what was asked and answered is told
 */
export function answerSpans(answer: AnsweredQuestion, content: boolean): AnswerSpans {
  const start = answer.askedAt.getTime();
  const request: PlannedSpan = {
    name: `chat ${answer.model}`,
    kind: 'server',
    startMs: start,
    endMs: start + answer.latencyMs,
    attributes: { ...requestAttributes(answer), ...(content ? contentAttributes(answer) : {}) },
    error: answer.status === 'failed' ? (answer.reasons[0] ?? 'unknown') : null,
  };
  const parts = answer.stages.map((stage) =>
    stage.kind === 'generate' ? callSpan(answer, stage) : scoringSpan(answer, stage),
  );
  return { request, parts };
}

/** Who writes under a policy's name: the API of an upstream, or Attune from what it has stored. */
export function providerOf(policy: string): 'attune' | 'openai' {
  return policy === 'recorded' || policy === 'documents' ? 'attune' : 'openai';
}

function requestAttributes(answer: AnsweredQuestion): SpanAttributes {
  return known({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'attune',
    'gen_ai.request.model': answer.model,
    'gen_ai.request.stream': answer.streamed,
    'gen_ai.response.id': answer.responseId,
    'gen_ai.response.model': answer.policy,
    'gen_ai.conversation.id': answer.sessionId,
    'attune.organization': answer.organization,
    'attune.status': answer.status,
    'attune.candidates': answer.candidates,
    'attune.reward.model': answer.rewardModel,
    'attune.reward.score': answer.reward,
    'attune.degraded': answer.reasons.length === 0 ? null : [...answer.reasons],
    'attune.failed_checks': answer.failedChecks.length === 0 ? null : [...answer.failedChecks],
  });
}

function contentAttributes({ messages, text }: AnsweredQuestion): SpanAttributes {
  return known({
    'gen_ai.input.messages': inputMessages(messages),
    'gen_ai.output.messages': text === null ? null : outputMessages(text),
  });
}

function callSpan(answer: AnsweredQuestion, stage: GenerationStage): PlannedSpan {
  return {
    name: `chat ${answer.policy}`,
    kind: providerOf(answer.policy) === 'openai' ? 'client' : 'internal',
    ...times(answer, stage),
    attributes: known({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': providerOf(answer.policy),
      'gen_ai.request.model': answer.policy,
      'gen_ai.response.finish_reasons': stage.finishReason === null ? null : [stage.finishReason],
      'gen_ai.usage.input_tokens': stage.inputTokens,
      'gen_ai.usage.output_tokens': stage.outputTokens,
      'attune.candidate.id': stage.candidate,
      'attune.candidate.method': stage.method,
    }),
    error: stage.error,
  };
}

function scoringSpan(answer: AnsweredQuestion, stage: ScoringStage): PlannedSpan {
  return {
    name: `score ${answer.rewardModel ?? ''}`.trimEnd(),
    kind: 'internal',
    ...times(answer, stage),
    attributes: known({
      'attune.reward.model': answer.rewardModel,
      'attune.candidates': stage.candidates,
    }),
    error: stage.error,
  };
}

function times({ askedAt }: AnsweredQuestion, { startMs, durationMs }: GenerationStage | ScoringStage) {
  const start = askedAt.getTime() + startMs;
  return { startMs: start, endMs: start + durationMs };
}

function known(given: Record<string, SpanAttributes[string] | null>): SpanAttributes {
  const attributes: SpanAttributes = {};
  for (const [name, value] of Object.entries(given)) if (value !== null) attributes[name] = value;
  return attributes;
}
