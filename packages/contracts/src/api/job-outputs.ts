import { z } from 'zod';
import { EstimateSchema, Id, IdParams } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** How people judged what a policy writes against what its base model wrote. */
export const JudgedSamples = z.object({
  /** Null until the first pair is there. */
  project_id: Id.nullable(),
  /** Pairs in the project. */
  pairs: z.number().int(),
  /** Of these, the ones with all their votes, or adjudicated. */
  judged: z.number().int(),
  wins: z.number().int(),
  ties: z.number().int(),
  losses: z.number().int(),
  both_bad: z.number().int(),
  /** Share of wins, ties as halves, both bad left out; n and interval are by question. Null while nothing is judged. */
  win_rate: EstimateSchema.nullable(),
});
export type JudgedSamples = z.infer<typeof JudgedSamples>;

export const judgedSamples = endpoint({
  id: 'judgedSamples',
  room: 'learn',
  method: 'get',
  path: '/api/fine-tuning/jobs/:id/judged-samples',
  summary: 'How people judged the samples of a run, where it asked for that',
  role: 'viewer',
  params: IdParams,
  response: JudgedSamples,
  errors: ['job_not_found'],
});

export const ImportedPreferences = z.object({
  imported: z.number().int(),
  already_there: z.number().int(),
});
export type ImportedPreferences = z.infer<typeof ImportedPreferences>;

export const importPreferences = endpoint({
  id: 'importPreferences',
  room: 'learn',
  method: 'post',
  path: '/api/fine-tuning/jobs/:id/import-preferences',
  summary: 'Bring the AI preferences of a run into review, as feedback with `source: model`',
  role: 'trainer',
  params: IdParams,
  response: ImportedPreferences,
  errors: ['job_not_found', 'artifact_not_found'],
});
