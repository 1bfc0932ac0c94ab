import type { AttuneAnswer, CompareOffer } from '@attune/contracts';
import type { Question } from './ask.ts';
import type { Generation, Usage } from './generator.ts';
import type { Selected } from './select.ts';

/** An answer that is ready to go out. */
export interface Delivery {
  readonly question: Question;
  readonly generation: Generation;
  readonly attune: AttuneAnswer;
  /** Name of the model that wrote it. */
  readonly model: string;
  readonly usage: Usage | null;
}

const FEEDBACK_PROMPT = 'Was this answer helpful?';

export interface AttuneFacts {
  readonly question: Question;
  readonly text: string;
  readonly reward: number | null;
  readonly candidates: number;
  readonly method: string;
  readonly feedbackToken: string;
  readonly degraded: readonly string[];
  readonly selected: Pick<Selected, 'passed' | 'onlyBelowThreshold'>;
  readonly rewardModel: string | null;
  readonly compare: CompareOffer | null;
}

/** The `attune` object of an answer. */
export function attuneAnswer(facts: AttuneFacts): AttuneAnswer {
  return {
    response: facts.text,
    reward_score: facts.reward,
    response_id: facts.question.responseId,
    candidates_count: facts.candidates,
    generation_method: facts.method,
    feedback_prompt: FEEDBACK_PROMPT,
    feedback_token: facts.feedbackToken,
    degraded: facts.degraded.length === 0 ? null : facts.degraded.join(','),
    warning: warningOf(facts.selected),
    reward_model: facts.rewardModel,
    compare: facts.compare,
  };
}

function warningOf({ passed, onlyBelowThreshold }: AttuneFacts['selected']): string | null {
  if (passed) return null;
  const missed = onlyBelowThreshold ? 'reached the reward threshold' : 'passed the quality checks';
  return `No candidate ${missed}; this is the best of them.`;
}

/** The whole answer as one JSON response. */
export function deliverWhole(delivery: Delivery): Response {
  const headers = { 'content-type': 'application/json', ...attuneHeaders(delivery.attune) };
  return new Response(JSON.stringify(completionOf(delivery)), { headers });
}

/** What clients that drop unknown fields can read from the headers. */
export function attuneHeaders(attune: AttuneAnswer): Record<string, string> {
  const headers: Record<string, string> = {
    'x-attune-response-id': attune.response_id,
    'x-attune-feedback-token': attune.feedback_token,
    'x-attune-candidates-count': String(attune.candidates_count),
    'x-attune-generation-method': headerText(attune.generation_method),
  };
  if (attune.reward_score !== null) headers['x-attune-reward-score'] = attune.reward_score.toFixed(4);
  if (attune.reward_model !== null) headers['x-attune-reward-model'] = headerText(attune.reward_model);
  if (attune.degraded !== null) headers['x-attune-degraded'] = attune.degraded;
  if (attune.warning !== null) headers['x-attune-warning'] = attune.warning;
  return headers;
}

/** Imported names may hold any character; header values may not. */
function headerText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}

/** Id of an answer as OpenAI writes it. */
export function completionId({ responseId }: Question): string {
  return `chatcmpl-${responseId}`;
}

function completionOf({ question, generation, attune, model, usage }: Delivery): object {
  const { completion } = generation;
  const upstreamChoice = Array.isArray(completion?.choices) ? completion.choices[0] : undefined;
  const choice = upstreamChoice ?? {
    message: { role: 'assistant', content: generation.text, refusal: null },
    logprobs: null,
    finish_reason: generation.finishReason ?? 'stop',
  };
  return {
    model,
    created: seconds(question.askedAt),
    ...completion,
    id: completionId(question),
    object: 'chat.completion',
    choices: [{ ...choice, index: 0 }],
    ...(usage === null ? {} : { usage }),
    attune,
  };
}

export function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
