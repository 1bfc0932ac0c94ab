import type { AnswerStep } from '@attune/contracts';
import { reasoningSteps } from '@attune/core';

/** A call of a tool that a model asked for. */
export interface ToolCall {
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}

/** What a model did on the way to its answer: its reasoning in parts, then the tools it called. */
export function answerSteps(reasoning: string, calls: readonly ToolCall[]): AnswerStep[] {
  const steps = [
    ...reasoningSteps(reasoning).map((step) => ({ kind: 'reasoning' as const, ...step })),
    ...calls.map((call) => ({ kind: 'tool' as const, title: call.name, text: call.arguments })),
  ];
  return steps.map((step, index) => ({ index, ...step }));
}
