import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent, setGlobalErrorHandler } from '@opentelemetry/core';
import { LRUCache } from 'lru-cache';
import { RareWarning } from '../../platform/rare-warning.ts';
import { answerSpans, type PlannedSpan } from './answer-spans.ts';
import { callMetrics } from './call-metrics.ts';
import { EVALUATION_EVENT, evaluationOf } from './evaluation-event.ts';
import { openProviders } from './otlp-providers.ts';
import type { OtlpSettings } from './otlp-settings.ts';
import type { Telemetry } from './telemetry.ts';

/** Answers whose place in their trace is remembered for the feedback on them. */
const REMEMBERED = 10_000;
const NAME = 'attune';

/** Opens the way to a collector: OTLP over HTTP, in batches. Feedback that comes later, or elsewhere, names its answer. */
export function openOtlp(settings: OtlpSettings): Telemetry {
  const { version, log } = settings;
  const warning = new RareWarning({ log, message: 'the OpenTelemetry collector cannot be told' });
  setGlobalErrorHandler((error) => warning.warn(error));
  const { tracers, meters, loggers } = openProviders(settings);
  const tracer = tracers.getTracer(NAME, version);
  const logger = loggers.getLogger(NAME, version);
  const count = callMetrics(meters.getMeter(NAME, version));
  const places = new LRUCache<string, Context>({ max: REMEMBERED });
  return {
    answered: (answer) => {
      const { request, parts } = answerSpans(answer, settings.content);
      const place = trace.setSpan(ROOT_CONTEXT, sent(tracer, request, parentOf(answer.traceparent)));
      for (const part of parts) sent(tracer, part, place);
      places.set(answer.responseId, place);
      count(answer);
    },
    feedbackGiven: (feedback) => {
      const place = feedback.responseId === null ? undefined : places.get(feedback.responseId);
      const attributes = evaluationOf(feedback);
      logger.emit({ eventName: EVALUATION_EVENT, attributes, context: place ?? ROOT_CONTEXT });
    },
    stop: async () => {
      const ends = [tracers, meters, loggers].map((provider) => provider.shutdown());
      for (const end of await Promise.allSettled(ends))
        if (end.status === 'rejected') warning.warn(end.reason);
    },
  };
}

/** The caller's own span where the request names one (W3C Trace Context). */
function parentOf(traceparent: string | null): Context {
  const parent = traceparent === null ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

function sent(tracer: Tracer, planned: PlannedSpan, parent: Context): Span {
  const { name, kind, attributes, error } = planned;
  const span = tracer.startSpan(
    name,
    { kind: kinds[kind], attributes, startTime: timeOf(planned.startMs) },
    parent,
  );
  if (error !== null) span.setAttribute('error.type', error).setStatus({ code: SpanStatusCode.ERROR });
  span.end(timeOf(planned.endMs));
  return span;
}

/** Seconds and nanoseconds: a plain number could be taken for one of `performance.now()`. */
function timeOf(milliseconds: number): [number, number] {
  const seconds = Math.trunc(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
