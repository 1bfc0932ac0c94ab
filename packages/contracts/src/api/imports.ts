import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ImportResult } from './collect.ts';

/** Where rows come from: a tool's export, or a file of one's own. */
export const ImportFormat = z.enum([
  'argilla',
  'label_studio',
  'langsmith',
  'langfuse',
  'openai_chat',
  'openai_preference',
  'trl_preference',
  'trl_kto',
  'plain',
]);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** What rows become. */
export const ImportTarget = z.enum(['ratings', 'pairs', 'conversations', 'corrections']);
export type ImportTarget = z.infer<typeof ImportTarget>;

/** Fields that rows can be mapped to; which ones a target needs says `needs` in the answer of a dry run. */
export const ImportField = z.enum([
  'query',
  'context',
  'response',
  'rating',
  'comment',
  'correction',
  'chosen',
  'rejected',
  'strength',
  'messages',
  'user_id',
  'session_id',
  'created_at',
]);
export type ImportField = z.infer<typeof ImportField>;

/** Where a field's value stands, and what makes it Attune's. */
export const FieldSource = z.object({
  /** Names with dots between them and positions in brackets, such as `inputs.messages[0].content`. */
  path: z.string().min(1).max(500),
  /** Numbers on this scale, which become stars from 1 to 5 (or a strength from 0 to 1). */
  scale: z
    .object({ lowest: z.number(), highest: z.number() })
    .refine(({ lowest, highest }) => lowest < highest, {
      message: 'lowest must be below highest.',
      path: ['highest'],
    })
    .optional(),
  /** What labels stand for, such as `{"good": 5, "bad": 1}`. */
  labels: z.record(z.string().max(200), z.number()).optional(),
});
export type FieldSource = z.infer<typeof FieldSource>;

export const ImportMapping = z.object({
  format: ImportFormat,
  target: ImportTarget,
  fields: z.partialRecord(ImportField, FieldSource),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** Rows keep the line they stood on, so that errors can name it. */
const Rows = z
  .array(z.object({ line: z.number().int().min(1), data: z.record(z.string(), z.unknown()) }))
  .min(1)
  .max(1000);

export const importDryRun = endpoint({
  id: 'importDryRun',
  room: 'curate',
  method: 'post',
  path: '/api/import/dry-run',
  summary: 'Recognise rows of another tool, propose a mapping and show what would be imported',
  role: 'curator',
  body: z.object({
    rows: Rows,
    /** Detected unless given. */
    format: ImportFormat.optional(),
    target: ImportTarget.optional(),
    /** Proposed unless given. */
    mapping: ImportMapping.optional(),
  }),
  response: z.object({
    mapping: ImportMapping,
    /** Targets that the rows have values for, the likeliest first. */
    targets: z.array(ImportTarget),
    /** Fields without which the target's rows can't be imported. */
    needs: z.array(ImportField),
    /** Paths in the rows (in the tool's own nesting made flat), with how many rows have them and an example. */
    paths: z.array(z.object({ path: z.string(), rows: z.number().int(), example: z.string() })),
    /** Rows that would be imported: a source row can give several, or none. */
    good: z.number().int(),
    /** The first ten, as the target's importer takes them. */
    first: z.array(z.object({ line: z.number().int(), data: z.record(z.string(), z.unknown()) })),
    /** Source rows that say nothing the target could use, such as tasks nobody annotated. */
    silent: z.number().int(),
    errors: ImportResult.shape.errors,
  }),
  errors: [],
});

export const importRows = endpoint({
  id: 'importRows',
  room: 'curate',
  method: 'post',
  path: '/api/import/rows',
  summary: 'Import rows by a mapping; bad rows are reported and the good ones kept',
  role: 'curator',
  body: z.object({ rows: Rows, mapping: ImportMapping }),
  response: ImportResult,
  errors: ['overloaded'],
});
