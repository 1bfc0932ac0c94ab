import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../config.ts';
import { createLog, silentLog } from '../../platform/log.ts';
import { openMetrics } from '../metrics/metrics.ts';
import type { GivenFeedback } from '../observers.ts';
import { answered, written } from '../testing/answered-question.ts';
import { openOtlpReceiver } from '../testing/otlp-receiver.ts';
import { openTelemetry } from './open-telemetry.ts';

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const traceparent = `00-${CALLER.trace}-${CALLER.span}-01`;

const stars: GivenFeedback = {
  id: 'feedback-1',
  organization: 'default',
  responseId: answered.responseId,
  rewardModel: null,
  type: 'rating',
  source: 'user',
  rating: 4,
  thumbs: null,
  safetyReported: false,
  isNew: true,
};

function metricsHere() {
  const scraped = {
    ratingTotals: async () => [],
    firingAlerts: async () => [],
    queueDepths: async () => ({ 'learn.train': 3 }),
    scoringLoad: () => ({ waiting: 0, origins: { memory: 5, shared: 0, made: 2 } }),
    trainingCost: async () => 0,
  };
  return openMetrics(scraped, new Map(), silentLog);
}

/** A collector, and the way to it with some settings. */
async function open(settings: Record<string, string> = {}) {
  const receiver = await openOtlpReceiver();
  const metrics = metricsHere();
  const config = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`, ...settings });
  const telemetry = await openTelemetry(config, metrics, silentLog);
  return { receiver, metrics, telemetry };
}

test('an answer is a trace: the request within that of its caller, and below it each call and the scoring', async (t) => {
  const { receiver, telemetry } = await open();
  t.after(() => receiver.close());
  const failed = { ...written, candidate: 'c2', outputTokens: null, error: 'upstream_timeout' };
  telemetry.answered({ ...answered, traceparent, stages: [failed, ...answered.stages] });
  await telemetry.stop();

  const [request, second, first, scoring] = receiver.spans;
  assert.ok(request && second && first && scoring);
  assert.deepEqual([request.name, request.kind], ['chat attune', 2]);
  assert.deepEqual([request.traceId, request.parentSpanId], [CALLER.trace, CALLER.span]);
  assert.equal(request.endTimeUnixNano - request.startTimeUnixNano, 40_000_000n);
  assert.equal(request.startTimeUnixNano, BigInt(answered.askedAt.getTime()) * 1_000_000n);
  assert.equal(request.attributes['gen_ai.response.id'], answered.responseId);
  assert.equal(request.attributes['attune.reward.score'], 0.75);
  assert.equal('gen_ai.input.messages' in request.attributes, false);

  for (const part of [second, first, scoring]) {
    assert.deepEqual([part.traceId, part.parentSpanId], [CALLER.trace, request.spanId]);
  }
  assert.deepEqual([first.name, first.kind, first.status.code], ['chat gpt', 3, 0]);
  assert.equal(first.startTimeUnixNano - request.startTimeUnixNano, 2_000_000n);
  assert.deepEqual(first.attributes, {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 20,
    'attune.candidate.id': 'c1',
    'attune.candidate.method': 'temperature_0.7',
  });
  assert.deepEqual([second.status.code, second.attributes['error.type']], [2, 'upstream_timeout']);
  assert.deepEqual([scoring.name, scoring.attributes['attune.candidates']], ['score reward@1.0.0', 1]);
  assert.equal(receiver.resource['service.name'], 'attune');
});

test('a failed answer says why; what was said is told only where that is wished', async (t) => {
  const { receiver, telemetry } = await open({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' });
  t.after(() => receiver.close());
  telemetry.answered({
    ...answered,
    status: 'failed',
    reasons: ['upstream_timeout'],
    text: null,
    stages: [],
  });
  telemetry.answered(answered);
  await telemetry.stop();
  const [failed, delivered] = receiver.spans;
  assert.deepEqual([failed?.status.code, failed?.attributes['error.type']], [2, 'upstream_timeout']);
  assert.equal(
    delivered?.attributes['gen_ai.input.messages'],
    JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Why?' }] }]),
  );
  assert.equal(
    delivered?.attributes['gen_ai.output.messages'],
    JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'Because.' }] }]),
  );
});

test('feedback is an evaluation of its answer, in its trace where that is known here', async (t) => {
  const { receiver, telemetry } = await open();
  t.after(() => receiver.close());
  telemetry.answered(answered);
  telemetry.feedbackGiven(stars);
  telemetry.feedbackGiven({
    ...stars,
    responseId: 'of another replica',
    type: 'thumbs_down',
    rating: null,
    thumbs: 'down',
  });
  await telemetry.stop();
  const [request] = receiver.spans;
  const [rated, elsewhere] = receiver.events;
  assert.equal(rated?.eventName, 'gen_ai.evaluation.result');
  assert.deepEqual([rated?.traceId, rated?.spanId], [request?.traceId, request?.spanId]);
  assert.equal(rated?.attributes['gen_ai.evaluation.name'], 'rating');
  assert.equal(rated?.attributes['gen_ai.evaluation.score.value'], 4);
  assert.equal(rated?.attributes['gen_ai.response.id'], answered.responseId);
  assert.equal(elsewhere?.attributes['gen_ai.evaluation.score.value'], 0);
  assert.equal(elsewhere?.attributes['gen_ai.evaluation.score.label'], 'down');
  assert.equal(elsewhere?.attributes['gen_ai.response.id'], 'of another replica');
  assert.equal(elsewhere?.traceId ?? '', '');
});

test('metrics: those of the conventions, and all of /metrics with the same figures', async (t) => {
  const { receiver, metrics, telemetry } = await open();
  t.after(() => receiver.close());
  telemetry.answered(answered);
  metrics.answered(answered);
  await telemetry.stop();
  const tokens = receiver.points('gen_ai.client.token.usage');
  assert.deepEqual(
    tokens.map(({ attributes, sum }) => [attributes['gen_ai.token.type'], sum]),
    [
      ['input', 100],
      ['output', 20],
    ],
  );
  assert.equal(receiver.points('gen_ai.client.operation.duration')[0]?.sum, 0.03);
  assert.equal(receiver.points('attune_answers_total')[0]?.asDouble, 1);
  assert.deepEqual(receiver.points('attune_queue_depth')[0], {
    attributes: { queue: 'learn.train' },
    asDouble: 3,
  });
  const [rewards] = receiver.points('attune_reward_score');
  assert.deepEqual([rewards?.count, rewards?.sum], [1, 0.75]);
  // 0.75 lies between the bounds 0.7 and 0.8, the eighth bucket of ten and one for all above.
  assert.deepEqual(rewards?.bucketCounts, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
});

test('nothing is sent where the share of traces is 0, but for callers who decided for themselves', async (t) => {
  const { receiver, telemetry } = await open({ OTEL_TRACES_SAMPLER_ARG: '0' });
  t.after(() => receiver.close());
  telemetry.answered(answered);
  telemetry.answered({ ...answered, traceparent });
  await telemetry.stop();
  assert.ok(receiver.spans.length > 0);
  for (const { traceId } of receiver.spans) assert.equal(traceId, CALLER.trace);
});

test('a collector that is away costs a line in the log, nothing else', async () => {
  const { receiver } = await open();
  receiver.close();
  const lines: string[] = [];
  const log = createLog({ sink: { write: (line) => lines.push(line) } });
  const telemetry = await openTelemetry(
    readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }),
    metricsHere(),
    log,
  );
  telemetry.answered({ ...answered, traceparent: 'nonsense' });
  await telemetry.stop();
  assert.ok(lines.some((line) => line.includes('collector')));
});
