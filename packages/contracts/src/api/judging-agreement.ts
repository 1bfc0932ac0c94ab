import { z } from 'zod';
import { Id, Timestamp } from '../common.ts';

/**
 * A statistic with its 95 % interval. `n` counts the independent units behind it (items for agreement, votes for a
 * judge's shares), `ratings` the single ratings. With too few units `enough` is false and the value null.
 */
export const JudgingEstimate = z.object({
  value: z.number().nullable(),
  ci: z.tuple([z.number().nullable(), z.number().nullable()]),
  n: z.number().int().min(0),
  ratings: z.number().int().min(0),
  enough: z.boolean(),
});
export type JudgingEstimate = z.infer<typeof JudgingEstimate>;

/** Agreement on one question, or on one dimension of a stars question. */
export const Agreement = z.object({
  question: z.string(),
  title: z.string(),
  /** Key of the dimension of a stars question; null for the question as a whole. */
  dimension: z.string().nullable(),
  /** Share of pairs of ratings of one thing that are the same. */
  percent: JudgingEstimate,
  /** Krippendorff's alpha by measurement level; null where a level makes no sense for the question. */
  alpha: z.object({
    nominal: JudgingEstimate,
    ordinal: JudgingEstimate.nullable(),
    interval: JudgingEstimate.nullable(),
  }),
});
export type Agreement = z.infer<typeof Agreement>;

/** Cohen's kappa of two judges over the items both judged. */
export const JudgePair = z.object({
  question: z.string(),
  dimension: z.string().nullable(),
  first: z.string(),
  second: z.string(),
  kappa: JudgingEstimate,
  /** With quadratic weights; null for questions without an order. */
  weighted_kappa: JudgingEstimate.nullable(),
});
export type JudgePair = z.infer<typeof JudgePair>;

/** How a judge judges. */
export const JudgeReport = z.object({
  /** Principal, as in `judges` of the project. */
  judge: z.string(),
  name: z.string(),
  judged: z.number().int(),
  skipped: z.number().int(),
  median_seconds: z.number().nullable(),
  /** Share of pairs of their own and another judge's ratings that are the same. */
  agreement: JudgingEstimate,
  /** Krippendorff's alpha (nominal) of their ratings against the other judges', over all questions. */
  alpha: JudgingEstimate,
  /** Share of questions on control items answered as known. */
  control_accuracy: JudgingEstimate,
  /** Dawid–Skene: probability of giving the class that the item is most likely of. */
  reliability: JudgingEstimate,
  /** Share of choices that fell on the left one of two; 0.5 without bias. */
  left_share: JudgingEstimate.extend({ biased: z.boolean() }),
  /** Share of choices that fell on the longer one of two. */
  longer_share: JudgingEstimate,
  /** Change of the log-odds of the left response's choice for each doubling of its length relative to the right one's. */
  length_slope: JudgingEstimate,
});
export type JudgeReport = z.infer<typeof JudgeReport>;

export const AgreementReport = z.object({
  at: Timestamp,
  project_id: Id,
  items: z.number().int(),
  judgements: z.number().int(),
  /** Seed of the bootstrap: the same votes give the same intervals. */
  seed: z.number().int(),
  questions: z.array(Agreement),
  /** By ISO week of the judgement (Monday's date), oldest first. */
  weeks: z.array(z.object({ week: z.string(), judgements: z.number().int(), questions: z.array(Agreement) })),
  judges: z.array(JudgeReport),
  judge_pairs: z.array(JudgePair),
});
export type AgreementReport = z.infer<typeof AgreementReport>;
