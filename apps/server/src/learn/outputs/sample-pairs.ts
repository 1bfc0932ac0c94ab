import type { JobEvent } from '@attune/contracts';
import type { SamplePair } from '../needs.ts';

export type Sample = Extract<JobEvent, { type: 'sample' }>;

/**
 * What a policy writes now beside what it wrote before, for the same question: its base model's answer, or the policy's
 * first sample where there is none. Equal texts make no pair.
 */
export function samplePairs(
  model: string,
  /** By `questionOf`. */
  first: ReadonlyMap<string, Sample>,
  samples: readonly Sample[],
): SamplePair[] {
  const known = new Map(first);
  return samples.flatMap((sample) => {
    const { step, prompt: query, context = '' } = sample;
    const earlier = known.get(questionOf(sample));
    if (earlier === undefined) known.set(questionOf(sample), sample);
    const before =
      sample.reference !== null
        ? { text: sample.reference, model: `${model}, before training`, score: null }
        : earlier && written(model, earlier);
    if (before === undefined || before.text.trim() === sample.response.trim()) return [];
    return [{ step, query, context, current: written(model, sample), before }];
  });
}

/** A sample's question with what was said before it, word for word. */
export function questionOf({ prompt, context = '' }: Sample): string {
  return JSON.stringify([prompt, context]);
}

function written(model: string, { step, response, reward }: Sample) {
  return { text: response, model: `${model}, step ${step}`, score: reward };
}
