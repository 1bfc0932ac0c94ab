import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';

const Value = z
  .object({
    stringValue: z.string().optional(),
    intValue: z.union([z.number(), z.string()]).optional(),
    doubleValue: z.number().optional(),
    boolValue: z.boolean().optional(),
    arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })).default([]) }).optional(),
  })
  .transform(({ stringValue, intValue, doubleValue, boolValue, arrayValue }) => {
    if (intValue !== undefined) return Number(intValue);
    return stringValue ?? doubleValue ?? boolValue ?? arrayValue?.values.map((value) => value.stringValue);
  });
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));

const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: Attributes,
  status: z.object({ code: z.number().default(0) }),
});
const LogRecord = z.object({
  eventName: z.string(),
  traceId: z.string().optional(),
  spanId: z.string().optional(),
  attributes: Attributes,
});
const Point = z.object({
  attributes: Attributes,
  asDouble: z.number().optional(),
  asInt: z.coerce.number().optional(),
  count: z.coerce.number().optional(),
  sum: z.number().optional(),
  bucketCounts: z.array(z.coerce.number()).optional(),
  explicitBounds: z.array(z.number()).optional(),
});
const Points = z.object({ dataPoints: z.array(Point) });
const Metric = z.object({
  name: z.string(),
  sum: Points.optional(),
  gauge: Points.optional(),
  histogram: Points.optional(),
});
const Resource = z.object({ attributes: Attributes });

const Traces = z.object({
  resourceSpans: z.array(
    z.object({ resource: Resource, scopeSpans: z.array(z.object({ spans: z.array(Span) })) }),
  ),
});
const Logs = z.object({
  resourceLogs: z.array(z.object({ scopeLogs: z.array(z.object({ logRecords: z.array(LogRecord) })) })),
});
const Metrics = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(Metric) })) })),
});

/** An OpenTelemetry collector as far as a test needs one: it takes OTLP over HTTP as JSON and keeps it. */
export interface OtlpReceiver {
  readonly url: string;
  /** What the sender says of itself. */
  readonly resource: z.output<typeof Resource>['attributes'];
  readonly spans: z.output<typeof Span>[];
  readonly events: z.output<typeof LogRecord>[];
  /** The newest figures of a metric. */
  points(metric: string): z.output<typeof Point>[];
  close(): void;
}

/** Starts a receiver on a free port. */
export async function openOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: OtlpReceiver['spans'] = [];
  const events: OtlpReceiver['events'] = [];
  const resource: OtlpReceiver['resource'] = {};
  const metrics = new Map<string, z.output<typeof Point>[]>();
  const take = (path: string, body: unknown) => {
    if (path === '/v1/traces') {
      for (const { resource: sender, scopeSpans } of Traces.parse(body).resourceSpans) {
        Object.assign(resource, sender.attributes);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      }
    } else if (path === '/v1/logs') {
      const logs = Logs.parse(body).resourceLogs.flatMap(({ scopeLogs }) => scopeLogs);
      events.push(...logs.flatMap(({ logRecords }) => logRecords));
    } else if (path === '/v1/metrics') {
      const scopes = Metrics.parse(body).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
      for (const { name, sum, gauge, histogram } of scopes.flatMap((scope) => scope.metrics)) {
        metrics.set(name, (sum ?? gauge ?? histogram)?.dataPoints ?? []);
      }
    } else throw new Error(`nothing is sent to ${path}`);
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    take(request.url ?? '', JSON.parse(text));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ spans, events, resource },
    points: (metric) => metrics.get(metric) ?? [],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
