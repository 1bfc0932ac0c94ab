import { AttuneError, type CompareOffer, LoggedComparison } from '@attune/contracts';
import { eventStream } from '../platform/http/event-stream.ts';
import type { Answering, Visit } from './answering.ts';
import type { Question } from './ask.ts';
import { loggedFailure, loggedWritten } from './candidate.ts';
import { type Competition, compete, NoCandidate } from './compete.ts';
import { completeOpen, type Ended, writeEnded, writeOpen } from './conclude.ts';
import type { Outcome } from './conversation-row.ts';
import { attuneAnswer, attuneHeaders, type Delivery, deliverWhole } from './deliver.ts';
import { answerChunks, DONE, lastChunks } from './deliver-stream.ts';
import { exposureOf } from './exposure.ts';
import { ClientLeft } from './generate.ts';
import { offerComparison } from './offer-comparison.ts';
import { answeredBy, type Prepared, policyFailure, prepare } from './prepare.ts';
import { passesThrough, relay, Unopened } from './relay.ts';

/**
 * Answers a question: prepare, generate, score, select, deliver. The log row is durable before the answer leaves.
 * @throws AttuneError of the chat endpoint
 */
export async function answer(question: Question, parts: Answering, visit: Visit): Promise<Response> {
  const left = new AbortController();
  const leave = () => left.abort(new ClientLeft());
  visit.client.addEventListener('abort', leave, { once: true });
  if (visit.client.aborted) leave();
  let prepared: Prepared | undefined;
  try {
    prepared = await prepare(question, parts.generators, parts.policies, parts.liveModels, left.signal);
    if (passesThrough(prepared)) return await relay(prepared, parts, visit, left);
    const competition = await compete(prepared, parts.scorer, left.signal);
    visit.client.removeEventListener('abort', leave);
    return await deliver(prepared, competition, parts, visit, left);
  } catch (error) {
    visit.client.removeEventListener('abort', leave);
    left.abort(new ClientLeft());
    visit.done();
    return failed(question, prepared, error, parts);
  }
}

async function deliver(
  prepared: Prepared,
  competition: Competition,
  parts: Answering,
  visit: Visit,
  left: AbortController,
): Promise<Response> {
  const { question } = prepared;
  const offer = await comparison(prepared, competition, parts);
  const outcome = outcomeOf(prepared, competition, offer);
  if (!competition.selected.passed && question.options.onFailure === 'decline') {
    const declined = { ...outcome, degraded: 'declined', selectedResponse: null, compare: null };
    await writeEnded(question, { ...declined, status: 'failed', ...measured(competition) }, parts);
    throw new AttuneError('answer_declined');
  }
  const delivery = deliveryOf(prepared, competition, offer, parts);
  if (question.request.stream === true) return streamOut(delivery, outcome, competition, parts, visit, left);
  await writeEnded(question, { ...outcome, status: 'delivered', ...measured(competition) }, parts);
  followLate(question, competition, parts);
  visit.done();
  return deliverWhole(delivery);
}

function measured({ scoringMs, stages }: Competition): Pick<Ended, 'scoringMs' | 'stages'> {
  return { scoringMs, stages };
}

async function comparison(
  { question }: Prepared,
  { selected }: Competition,
  { compareShare }: Answering,
): Promise<CompareOffer | null> {
  if (selected.candidates.length < 2) return null;
  return offerComparison(question, selected, await compareShare(question.organization));
}

function outcomeOf(
  prepared: Prepared,
  competition: Competition,
  offer: CompareOffer | null,
): Omit<Outcome, 'status'> {
  const { chosen } = competition.selected;
  const { generationMs, scoringMs } = competition;
  const degraded = [...competition.degraded, ...policyFailure(prepared)];
  return {
    selectedResponse: chosen.generation.text,
    rewardScore: chosen.reward,
    candidates: competition.candidates,
    policy: answeredBy(prepared),
    assignedPolicy: prepared.policyRun?.assigned ?? null,
    rewardModel: prepared.rewardModel?.modelId ?? null,
    degraded: degraded.length === 0 ? null : degraded.join(','),
    compare: offer && LoggedComparison.parse(offer),
    experiment: exposureOf(prepared, competition),
    timings:
      scoringMs === null ? { generate_ms: generationMs } : { generate_ms: generationMs, score_ms: scoringMs },
  };
}

function deliveryOf(
  prepared: Prepared,
  competition: Competition,
  compare: CompareOffer | null,
  parts: Answering,
): Delivery {
  const { question, rewardModel } = prepared;
  const { chosen } = competition.selected;
  const attune = attuneAnswer({
    question,
    text: chosen.generation.text,
    reward: chosen.reward,
    candidates: competition.candidates.filter(({ error }) => error === undefined).length,
    method: chosen.method,
    feedbackToken: parts.mintFeedbackToken(question.organization, question.responseId, question.userId),
    degraded: [...competition.degraded, ...policyFailure(prepared)],
    selected: competition.selected,
    rewardModel: rewardModel?.modelId ?? null,
    compare,
  });
  return {
    question,
    generation: chosen.generation,
    attune,
    model: answeredBy(prepared),
    usage: competition.usage,
  };
}

/** Streams an answer that was chosen among several, and completes its row before the end of the stream. */
async function streamOut(
  delivery: Delivery,
  outcome: Omit<Outcome, 'status'>,
  competition: Competition,
  parts: Answering,
  visit: Visit,
  left: AbortController,
): Promise<Response> {
  const { question } = delivery;
  await writeOpen(question, outcome, parts);
  const leave = () => left.abort(new ClientLeft());
  const source = chunksOf(delivery, { ...outcome, ...measured(competition) }, competition, parts, visit);
  return eventStream(source, { headers: attuneHeaders(delivery.attune), client: visit.client, left: leave });
}

async function* chunksOf(
  delivery: Delivery,
  outcome: Omit<Ended, 'status'>,
  competition: Competition,
  parts: Answering,
  visit: Visit,
): AsyncGenerator<object | string> {
  const { question } = delivery;
  let complete = false;
  try {
    yield* answerChunks(delivery);
    await completeOpen(question, { ...outcome, status: 'delivered' }, parts);
    complete = true;
    yield* lastChunks(delivery);
    yield DONE;
  } finally {
    if (!complete) {
      const aborted = completeOpen(question, { ...outcome, status: 'aborted' }, parts);
      parts.background.run('Marking an answer aborted', aborted);
    }
    followLate(question, competition, parts);
    visit.done();
  }
}

/** Logs candidates that come after the answer left. */
function followLate(question: Question, competition: Competition, parts: Answering): void {
  if (competition.late.length === 0) return;
  const known = [...competition.candidates];
  for (const attempt of competition.late) {
    const logged = attempt.then((candidate) => {
      known.push('error' in candidate ? loggedFailure(candidate) : loggedWritten(candidate));
      return parts.conversations.replaceCandidates(question.responseId, [...known]);
    });
    parts.background.run('Logging a late candidate', logged);
  }
}

/** Writes down why there is no answer, then says so to the caller. */
async function failed(
  question: Question,
  prepared: Prepared | undefined,
  thrown: unknown,
  parts: Answering,
): Promise<Response> {
  const error = thrown instanceof Unopened ? thrown.error : thrown;
  if (worthALine(error)) {
    const outcome = nothing(question, prepared, error);
    const write = thrown instanceof Unopened ? completeOpen : writeEnded;
    const row = write(question, outcome, parts);
    parts.background.run('Logging a failed answer', row);
    await row.catch(() => undefined); // Reported by the line above; the caller needs the first failure.
  }
  if (error instanceof ClientLeft) return new Response(null, { status: 499 });
  throw error instanceof NoCandidate ? error.error : error;
}

function nothing(question: Question, prepared: Prepared | undefined, error: unknown): Ended {
  return {
    status: error instanceof ClientLeft ? 'aborted' : 'failed',
    selectedResponse: null,
    rewardScore: null,
    candidates: error instanceof NoCandidate ? error.candidates : [],
    policy: prepared?.policy ?? question.model,
    assignedPolicy: prepared?.policyRun?.assigned ?? null,
    rewardModel: prepared?.rewardModel?.modelId ?? null,
    degraded: codeOf(error),
    compare: null,
    experiment: exposureOf(prepared, null),
    timings: {},
    scoringMs: null,
    stages: error instanceof NoCandidate ? error.stages : [],
  };
}

function codeOf(error: unknown): string | null {
  if (error instanceof NoCandidate) return error.error.code;
  return error instanceof AttuneError ? error.code : null;
}

/** Faults of the request are the client's own business; a failed upstream or a client that left is traffic. */
function worthALine(error: unknown): boolean {
  if (error instanceof ClientLeft || error instanceof NoCandidate) return true;
  return error instanceof AttuneError && error.code.startsWith('upstream_');
}
