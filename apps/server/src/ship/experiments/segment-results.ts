import type { SegmentResult } from '@attune/contracts';
import { benjaminiHochberg, type SequenceOptions } from '@attune/core';
import type { SegmentEvidence } from './experiment-evidence.ts';
import { armSums, metricResult } from './metric-result.ts';

/** Satisfaction by part of the traffic, with p-values adjusted for the number of parts. */
export function segmentResults(rows: readonly SegmentEvidence[], options: SequenceOptions): SegmentResult[] {
  const parts = [...Map.groupBy(rows, ({ segment, part }) => `${segment} ${part}`).values()];
  const results = parts.flatMap((part) => {
    const [first] = part;
    if (first === undefined) return [];
    const sums = armSums(part, (row) => row.satisfaction);
    const { difference, control, treatment, p_value } = metricResult('satisfaction', sums, options);
    return {
      segment: first.segment,
      part: first.part,
      satisfaction: difference,
      control,
      treatment,
      p_value,
    };
  });
  const qValues = benjaminiHochberg(results.map(({ p_value }) => p_value));
  return results
    .map((result, index) => ({ ...result, q_value: qValues[index] ?? null }))
    .sort((a, b) => a.segment.localeCompare(b.segment) || a.part.localeCompare(b.part));
}
