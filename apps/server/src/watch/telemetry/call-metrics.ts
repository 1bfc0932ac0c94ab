import type { Attributes, Meter } from '@opentelemetry/api';
import type { AnsweredQuestion, GenerationStage } from '../observers.ts';
import { providerOf } from './answer-spans.ts';

const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);

/** The two metrics that the gen_ai conventions ask of whoever calls models, with the buckets that they name. */
export function callMetrics(meter: Meter): (answer: AnsweredQuestion) => void {
  const duration = meter.createHistogram('gen_ai.client.operation.duration', {
    description: 'GenAI operation duration.',
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const tokens = meter.createHistogram('gen_ai.client.token.usage', {
    description: 'Number of input and output tokens used.',
    unit: '{token}',
    advice: { explicitBucketBoundaries: TOKENS },
  });
  return ({ policy, stages }) => {
    for (const stage of stages) {
      if (stage.kind !== 'generate') continue;
      const attributes = attributesOf(policy);
      duration.record(stage.durationMs / 1000, { ...attributes, ...failure(stage) });
      const used = { input: stage.inputTokens, output: stage.outputTokens };
      for (const [type, count] of Object.entries(used)) {
        if (count !== null) tokens.record(count, { ...attributes, 'gen_ai.token.type': type });
      }
    }
  };
}

function attributesOf(policy: string): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providerOf(policy),
    'gen_ai.request.model': policy,
  };
}

function failure({ error }: GenerationStage): Attributes {
  return error === null ? {} : { 'error.type': error };
}
