import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { openOtlpReceiver } from '../apps/server/src/watch/testing/otlp-receiver.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { startUpstream } from './upstream.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';
const SECRET = 'Which colour has the vault?';

async function ask({ url, key }: ServerProcess): Promise<string> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-${callerSpan}-01`,
    },
    body: JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: SECRET }] }),
  });
  const { attune } = z.object({ attune: z.object({ response_id: z.string() }) }).parse(await response.json());
  return attune.response_id;
}

test('a question through the gateway, and the feedback on it, reach a collector and /metrics', async (t) => {
  const receiver = await openOtlpReceiver();
  t.after(() => receiver.close());
  const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };
  const reply = ({ temperature }: { temperature: number | null }) =>
    `It is blue, ${temperature ?? 'surely'}.`;
  const upstream = await startUpstream({ reply, usage });
  t.after(() => upstream.close());
  const server = await startProcess(await tempFolder(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ATTUNE_UPSTREAM_URL: upstream.url,
    ATTUNE_UPSTREAM_PRICES: 'tiny=100000/1000000',
    ATTUNE_CANDIDATES: '2',
  });
  t.after(() => server.stop());
  const response_id = await ask(server);
  await server.client.giveFeedback({ body: { response_id, rating: 5 } });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  // Stopping sends what waits.
  assert.equal(await server.stop(), 0);

  const [request, ...calls] = receiver.spans;
  assert.deepEqual([request?.name, request?.parentSpanId], ['chat tiny', callerSpan]);
  assert.equal(request?.attributes['gen_ai.response.id'], response_id);
  assert.deepEqual(
    calls.map(({ name, parentSpanId, attributes }) => [
      name,
      parentSpanId,
      attributes['gen_ai.usage.input_tokens'],
      attributes['gen_ai.usage.output_tokens'],
    ]),
    Array.from({ length: 2 }, () => ['chat tiny', request?.spanId, 9, 4]),
  );
  for (const span of receiver.spans) assert.equal(span.traceId, traceId);
  assert.equal(JSON.stringify(receiver.spans.map(({ attributes }) => attributes)).includes(SECRET), false);

  const [evaluation] = receiver.events;
  assert.equal(evaluation?.eventName, 'gen_ai.evaluation.result');
  assert.deepEqual([evaluation?.traceId, evaluation?.spanId], [traceId, request?.spanId]);
  assert.equal(evaluation?.attributes['gen_ai.evaluation.score.value'], 5);
  assert.equal(receiver.points('gen_ai.client.operation.duration')[0]?.count, 2);
  assert.equal(receiver.points('attune_feedback_total')[0]?.asDouble, 1);

  assert.ok(metrics.includes('attune_tokens_total{policy="tiny",direction="input"} 18'));
  // 18 tokens at 0.1 and 8 at 1.
  assert.ok(metrics.includes('attune_answer_cost_total{policy="tiny"} 9.8'));
  assert.ok(metrics.includes('attune_queue_depth{queue='));
});
