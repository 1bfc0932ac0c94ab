import { AttuneError } from '@attune/contracts';
import { errorBody } from '../platform/errors.ts';
import { eventStream } from '../platform/http/event-stream.ts';
import type { Answering, Visit } from './answering.ts';
import { askedOf } from './ask.ts';
import type { WrittenCandidate } from './candidate.ts';
import { loggedWritten } from './candidate.ts';
import { completeOpen, type Ended, writeOpen } from './conclude.ts';
import { since } from './conversation-row.ts';
import { attuneAnswer, completionId } from './deliver.ts';
import { DONE, lastChunks, withAttune } from './deliver-stream.ts';
import { ClientLeft, type NumberedDraft } from './generate.ts';
import type { Generation, GenerationPart, Usage } from './generator.ts';
import { answeredBy, type Prepared, policyFailure } from './prepare.ts';
import { score } from './score.ts';
import { type Selected, select } from './select.ts';
import { generationStage, type Stage } from './stage.ts';
import { answerSteps, type ToolCall } from './steps.ts';

/** Longest that the end of a stream waits for its score. */
const LONGEST_SCORING_MS = 3_000;

/**
 * Whether an answer can be passed on while it is being written: there is one candidate, and it would be delivered
 * whatever the checks say.
 */
export function passesThrough({ question, drafts }: Prepared): boolean {
  if (question.request.stream !== true || drafts.length !== 1) return false;
  const declinable = question.options.onFailure === 'decline' && !question.tools;
  return drafts[0]?.draft.stream !== undefined && !declinable;
}

/** What has come of an answer so far. */
interface Tally {
  text: string;
  finishReason: string | null;
  usage: Usage | null;
  callsTools: boolean;
  reasoning: string;
  /** By their number in the answer. */
  calls: Map<number, ToolCall>;
}

/** What is known of an answer that came whole. */
interface Finished {
  readonly selected: Selected;
  readonly scoringMs: number | null;
  readonly generatedMs: number;
}

/** Passes the upstream's chunks on as they come. The last ones are held until the answer is scored and logged. */
export async function relay(
  prepared: Prepared,
  parts: Answering,
  visit: Visit,
  left: AbortController,
): Promise<Response> {
  const [numbered] = prepared.drafts;
  if (numbered === undefined) throw new Error('nothing to relay');
  const source = await begin(prepared, numbered, parts, left);
  const { question } = prepared;
  const feedbackToken = parts.mintFeedbackToken(question.organization, question.responseId, question.userId);
  const headers = {
    'x-attune-response-id': question.responseId,
    'x-attune-feedback-token': feedbackToken,
    'x-attune-candidates-count': '1',
    'x-attune-generation-method': numbered.draft.method,
  };
  const stream = new Relay(prepared, numbered, parts, visit, left.signal, feedbackToken);
  const leave = () => left.abort(new ClientLeft());
  return eventStream(stream.events(source), { headers, client: visit.client, left: leave });
}

/**
 * The upstream is asked while the open row is written; nothing is sent to the client before both are there. The
 * latency budget ends the wait for the beginning: once an answer streams, its reader decides how long it may take.
 */
async function begin(
  prepared: Prepared,
  { draft }: NumberedDraft,
  parts: Answering,
  left: AbortController,
): Promise<AsyncIterable<GenerationPart>> {
  const { question, generationDeadline } = prepared;
  const tooLate = () => left.abort(new AttuneError('upstream_timeout'));
  const timer = setTimeout(tooLate, Math.max(0, generationDeadline - performance.now()));
  const open = writeOpen(question, { ...unknown(prepared), timings: {} }, parts);
  const asked = draft.stream?.(left.signal) ?? Promise.reject(new Error('this draft cannot be streamed'));
  const [written, source] = await Promise.allSettled([open, asked]);
  clearTimeout(timer);
  if (written.status === 'rejected') {
    left.abort(new Error('The log cannot be written.'));
    throw written.reason;
  }
  if (source.status === 'fulfilled') return source.value;
  throw new Unopened(source.reason);
}

/** The stream could not begin although its row is open already. */
export class Unopened extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super('The answer could not begin.', { cause: error });
    this.error = error;
  }
}

function unknown(prepared: Prepared): Omit<Ended, 'status' | 'timings'> {
  const { policyRun, rewardModel } = prepared;
  return {
    selectedResponse: null,
    rewardScore: null,
    candidates: [],
    policy: answeredBy(prepared),
    assignedPolicy: policyRun?.assigned ?? null,
    rewardModel: rewardModel?.modelId ?? null,
    degraded: null,
    compare: null,
    // One candidate is delivered whatever scores it: no experiment makes a difference.
    experiment: null,
    scoringMs: null,
    stages: [],
  };
}

/** One answer on its way through. */
class Relay {
  readonly #prepared: Prepared;
  readonly #numbered: NumberedDraft;
  readonly #parts: Answering;
  readonly #visit: Visit;
  readonly #signal: AbortSignal;
  readonly #feedbackToken: string;
  readonly #tally: Tally = {
    text: '',
    finishReason: null,
    usage: null,
    callsTools: false,
    reasoning: '',
    calls: new Map(),
  };

  constructor(
    prepared: Prepared,
    numbered: NumberedDraft,
    parts: Answering,
    visit: Visit,
    signal: AbortSignal,
    feedbackToken: string,
  ) {
    this.#prepared = prepared;
    this.#numbered = numbered;
    this.#parts = parts;
    this.#visit = visit;
    this.#signal = signal;
    this.#feedbackToken = feedbackToken;
  }

  async *events(source: AsyncIterable<GenerationPart>): AsyncGenerator<object | string> {
    let ended = false;
    try {
      const held: object[] = [];
      for await (const part of source) {
        const chunk = this.#take(part);
        if (this.#tally.finishReason !== null) held.push(chunk);
        else yield chunk;
      }
      const last = await this.#finish(held);
      ended = true;
      yield* last;
      yield DONE;
    } catch (error) {
      if (this.#signal.aborted) return;
      ended = true;
      yield await this.#breakOff(error);
    } finally {
      if (!ended) this.#parts.background.run('Marking an answer aborted', this.#end('aborted', null));
      this.#visit.done();
    }
  }

  #take(part: GenerationPart): object {
    const tally = this.#tally;
    tally.text += part.text;
    tally.finishReason = part.finishReason ?? tally.finishReason;
    tally.usage = part.usage ?? tally.usage;
    tally.callsTools ||= part.callsTools;
    tally.reasoning += part.reasoning;
    for (const { index, name, arguments: given } of part.toolCalls) {
      const before = tally.calls.get(index) ?? { name: '', arguments: '' };
      tally.calls.set(index, { name: before.name + name, arguments: before.arguments + given });
    }
    return { ...part.chunk, id: completionId(this.#prepared.question) };
  }

  /** Scores and logs the complete answer; resolves to the last chunks, which tell about it. */
  async #finish(held: readonly object[]): Promise<object[]> {
    const { question, rewardModel } = this.#prepared;
    const generatedMs = since(question.startedAt);
    const { candidates, degraded, scoringMs } = await this.#score();
    const selected = await select(question, candidates);
    const { chosen } = selected;
    const attune = attuneAnswer({
      question,
      text: chosen.generation.text,
      reward: chosen.reward,
      candidates: 1,
      method: chosen.method,
      feedbackToken: this.#feedbackToken,
      degraded: this.#allDegraded(degraded),
      selected,
      rewardModel: rewardModel?.modelId ?? null,
      compare: null,
    });
    await this.#end('delivered', degraded, { selected, scoringMs, generatedMs });
    if (held.length > 0) return withAttune(held, attune);
    const { generation } = chosen;
    return lastChunks({
      question,
      generation,
      attune,
      model: answeredBy(this.#prepared),
      usage: generation.usage,
    });
  }

  #allDegraded(degraded: string | null): string[] {
    return [...(degraded === null ? [] : [degraded]), ...policyFailure(this.#prepared)];
  }

  #score() {
    const { question, rewardModel } = this.#prepared;
    const task = {
      asked: askedOf(question),
      model: this.#tally.callsTools ? null : rewardModel,
      dimensionWeights: question.options.dimensionWeights,
      timeoutMs: LONGEST_SCORING_MS,
    };
    return score([this.#candidate()], task, this.#parts.scorer);
  }

  #candidate(): WrittenCandidate {
    const { id, draft } = this.#numbered;
    const { question } = this.#prepared;
    const { text, finishReason, usage, callsTools, reasoning, calls } = this.#tally;
    const steps = answerSteps(reasoning, [...calls.values()]);
    const generation: Generation = { text, finishReason, usage, callsTools, steps };
    return { id, method: draft.method, generation, latencyMs: since(question.startedAt), merged: [] };
  }

  /** The upstream failed after its answer had begun: the client is told in the stream, the text so far is kept. */
  async #breakOff(error: unknown): Promise<object> {
    const known =
      error instanceof AttuneError ? error : new AttuneError('internal_error', {}, { cause: error });
    const row = this.#end('failed', known.code);
    this.#parts.background.run('Logging an answer that broke off', row);
    await row.catch(() => undefined); // Reported by the line above.
    return errorBody(known, this.#visit.requestId);
  }

  #end(status: Ended['status'], degraded: string | null, known: Finished | null = null): Promise<void> {
    const { question } = this.#prepared;
    const scoringMs = known?.scoringMs ?? null;
    const generated = { generate_ms: since(question.startedAt) };
    const outcome: Ended = {
      ...unknown(this.#prepared),
      status,
      degraded: this.#allDegraded(degraded).join(',') || null,
      selectedResponse: this.#tally.text,
      rewardScore: known?.selected.chosen.reward ?? null,
      candidates: known?.selected.candidates ?? [loggedWritten(this.#candidate())],
      timings: scoringMs === null ? generated : { ...generated, score_ms: scoringMs },
      scoringMs,
      stages: this.#stages(known, degraded),
    };
    return completeOpen(question, outcome, this.#parts);
  }

  #stages(known: Finished | null, degraded: string | null): Stage[] {
    const generated = generationStage(this.#candidate(), 0);
    if (known === null) return [{ ...generated, error: degraded }];
    const { generatedMs: durationMs, scoringMs } = known;
    const written = { ...generated, durationMs };
    if (scoringMs === null) return [written];
    const scored = { startMs: durationMs, durationMs: scoringMs, candidates: 1, error: degraded };
    return [written, { kind: 'score', ...scored }];
  }
}
