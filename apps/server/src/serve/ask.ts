import {
  AttuneError,
  type AttuneOptions,
  type ChatMessage,
  type ChatRequest,
  type SelectionStrategy,
} from '@attune/contracts';
import { type Asked, earlierTurns, messageText } from '@attune/core';
import type { Config } from '../config.ts';
import type { Caller } from '../platform/http/caller.ts';
import { newId } from '../platform/ids.ts';
import { askerOf, userOf } from './asker.ts';

/** How an answer is to be made, with the server's settings where the request says nothing. */
export interface AnswerOptions {
  readonly candidates: number;
  readonly strategy: SelectionStrategy;
  readonly selectionTemperature: number | undefined;
  readonly threshold: number;
  readonly onFailure: 'warn' | 'decline';
  readonly latencyBudgetMs: number;
  readonly adaptive: boolean;
  readonly dimensionWeights: AttuneOptions['dimension_weights'];
  readonly rewardModel: string | undefined;
}

/** A question that can be answered. */
export interface Question {
  readonly responseId: string;
  readonly organization: string;
  readonly userId: string | null;
  /** Whose history it belongs to. */
  readonly asker: string;
  readonly sessionId: string | null;
  /** The answer that it goes on from, where the client says so. */
  readonly parentResponseId: string | null;
  /** Text of the last thing the user said. */
  readonly query: string;
  readonly messages: readonly ChatMessage[];
  readonly model: string;
  readonly request: ChatRequest;
  /** Whether the client may be asked to call tools; such requests are passed on as they are. */
  readonly tools: boolean;
  readonly options: AnswerOptions;
  readonly askedAt: Date;
  /** `performance.now()` when it came. */
  readonly startedAt: number;
  /** W3C trace context that the client sent. */
  readonly traceparent: string | null;
}

export type AskSettings = Pick<
  Config,
  | 'ATTUNE_CANDIDATES'
  | 'ATTUNE_STRATEGY'
  | 'ATTUNE_THRESHOLD'
  | 'ATTUNE_ON_FAILURE'
  | 'ATTUNE_LATENCY_BUDGET_MS'
  | 'ATTUNE_ADAPTIVE'
  | 'ATTUNE_MAX_PROMPT_CHARACTERS'
>;

/**
 * Turns a request into a question.
 * @throws AttuneError `invalid_request` for n above 1, somebody else's name or nothing asked, `prompt_too_long`
 */
export function ask(
  request: ChatRequest,
  caller: Caller,
  settings: AskSettings,
  now: Date,
  traceparent: string | null,
): Question {
  refuseSeveralChoices(request.n);
  const { messages } = request;
  refuseLongPrompt(messages, settings.ATTUNE_MAX_PROMPT_CHARACTERS);
  refuseBlankQuestion(messages);
  const tools = hasEntries(request.tools) || hasEntries(request.functions);
  return {
    responseId: newId(),
    organization: caller.organization,
    userId: userOf(request, caller),
    asker: askerOf(caller, request.user),
    sessionId: request.attune?.session_id ?? request.metadata?.session_id ?? null,
    parentResponseId: request.attune?.parent_response_id ?? null,
    query: lastQuestion(messages),
    messages,
    model: request.model,
    request,
    tools,
    options: optionsOf(request.attune ?? {}, settings, tools),
    askedAt: now,
    startedAt: performance.now(),
    traceparent,
  };
}

/** What its answers are scored as answers to: the words that feedback on them is kept with. */
export function askedOf({ query, messages }: Question): Required<Asked> {
  return { query, context: earlierTurns(messages) };
}

function optionsOf(asked: AttuneOptions, settings: AskSettings, tools: boolean): AnswerOptions {
  return {
    candidates: tools ? 1 : (asked.candidates ?? settings.ATTUNE_CANDIDATES),
    strategy: asked.strategy ?? settings.ATTUNE_STRATEGY,
    selectionTemperature: asked.selection_temperature,
    threshold: asked.threshold ?? settings.ATTUNE_THRESHOLD,
    onFailure: asked.on_failure ?? settings.ATTUNE_ON_FAILURE,
    latencyBudgetMs: asked.latency_budget_ms ?? settings.ATTUNE_LATENCY_BUDGET_MS,
    adaptive: asked.adaptive ?? settings.ATTUNE_ADAPTIVE,
    dimensionWeights: asked.dimension_weights,
    rewardModel: asked.reward_model,
  };
}

function refuseSeveralChoices(n: unknown): void {
  if (n === undefined || n === null || n === 1) return;
  throw new AttuneError('invalid_request', {
    param: 'n',
    message:
      '`n`: Attune delivers one choice, the best; say how many candidates compete in `attune.candidates`.',
  });
}

function refuseLongPrompt(messages: readonly ChatMessage[], limit: number): void {
  let length = 0;
  for (const { content } of messages) {
    if (typeof content === 'string') length += content.length;
    else for (const part of content ?? []) length += part.text?.length ?? 0;
  }
  if (length > limit) {
    const message = `The conversation has ${length} characters; this server accepts ${limit}.`;
    throw new AttuneError('prompt_too_long', { param: 'messages', message });
  }
}

/** A picture without words can be a question; white space cannot. */
function refuseBlankQuestion(messages: readonly ChatMessage[]): void {
  const last = lastFromUser(messages);
  const parts = Array.isArray(last?.content) ? last.content : [];
  if (lastQuestion(messages).trim() !== '' || parts.some(({ type }) => type !== 'text')) return;
  const message = '`messages`: nothing is asked; the last message of the user is empty.';
  throw new AttuneError('invalid_request', { param: 'messages', message });
}

function lastQuestion(messages: readonly ChatMessage[]): string {
  const last = lastFromUser(messages);
  return last === undefined ? '' : messageText(last);
}

function lastFromUser(messages: readonly ChatMessage[]): ChatMessage | undefined {
  return messages.findLast(({ role }) => role === 'user') ?? messages.at(-1);
}

function hasEntries(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
