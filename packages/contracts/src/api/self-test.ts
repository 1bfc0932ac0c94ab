import { z } from 'zod';
import { Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { ExperimentResults } from './experiments.ts';

export const SelfTestVerdict = z.enum([
  'not_enough_data',
  /** Nothing differs, as it should be. */
  'passes',
  /** A metric differs although both arms get the same. */
  'differs',
  /** Users do not fill the arms as planned. */
  'sample_ratio_mismatch',
]);
export type SelfTestVerdict = z.infer<typeof SelfTestVerdict>;

export const SelfTestLook = z.object({
  at: Timestamp,
  /** Least p-value of the metrics, for their number; valid at every look. Null while nothing is compared. */
  p_value: z.number().nullable(),
  sample_ratio_p_value: z.number(),
});
export type SelfTestLook = z.infer<typeof SelfTestLook>;

/** A standing A/A test: users of live traffic in two arms that get the same, to see that nothing is found. */
export const SelfTest = z.object({
  started_at: Timestamp,
  /** Then it starts over with arms drawn anew. */
  ends_at: Timestamp,
  verdict: SelfTestVerdict,
  /** Null before the first look. */
  results: ExperimentResults.nullable(),
  /** Oldest first. */
  looks: z.array(SelfTestLook),
});
export type SelfTest = z.infer<typeof SelfTest>;

export const getSelfTest = endpoint({
  id: 'getSelfTest',
  room: 'ship',
  method: 'get',
  path: '/api/self-test',
  summary: 'The standing A/A test of experiments on live traffic; null before the first look',
  role: 'viewer',
  response: z.object({ self_test: SelfTest.nullable() }),
  errors: [],
});
