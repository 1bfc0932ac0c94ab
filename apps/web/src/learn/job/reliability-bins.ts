import { z } from 'zod';

const Bin = z.object({
  from: z.number(),
  to: z.number(),
  /** Mean score, 0 to 1. */
  score: z.number(),
  /** Mean rating of the same answers, 0 to 1, with its interval over questions. */
  rating: z.object({
    value: z.number(),
    ci: z.tuple([z.number().nullable(), z.number().nullable()]),
    n: z.number(),
  }),
});

/** Answers whose scores lie in one tenth, and what people said of them. */
export type ReliabilityBin = z.infer<typeof Bin>;

/** The reliability of scores in a run's report; none where it measured none. */
export function reliabilityBins(report: Readonly<Record<string, unknown>>): ReliabilityBin[] {
  const found = z.array(Bin).safeParse(report.reliability);
  return found.success ? found.data : [];
}
