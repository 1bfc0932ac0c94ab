import { z } from 'zod';
import { Id, IdParams, PageQuery, pageOf, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { PiiReport } from './pii.ts';

export const ExportFormat = z.enum([
  'trl_preference',
  'trl_kto',
  'trl_stepwise',
  'openai_chat',
  'openai_preference',
  'anthropic_text',
  'bedrock_conversation',
  'ratings',
  'parquet',
]);
export type ExportFormat = z.infer<typeof ExportFormat>;
export const ExportSplit = z.enum(['all', 'train', 'validation']);

/** A documented rule of who reads the format, and the rows that break it. */
export const FormatFinding = z.object({
  rule: z.string(),
  /** A violation is refused by the reader; a warning is taken, but unwise. */
  level: z.enum(['violation', 'warning']),
  message: z.string(),
  /** Rows that break it; 0 where it is about the file as a whole. */
  count: z.number().int(),
  /** Lines of the first of them. */
  lines: z.array(z.number().int()),
  /** Name of the document that states the rule. */
  source: z.string(),
});
export type FormatFinding = z.infer<typeof FormatFinding>;

/** Code that loads an export; keys and addresses stand in it as placeholders. */
export const LoadCode = z.object({ curl: z.string(), datasets: z.string(), trl: z.string().nullable() });

const ExportInput = z.object({
  format: ExportFormat,
  split: ExportSplit.default('all'),
  /** Replace personal data by its kind, such as `[EMAIL]`, and user ids by pseudonyms. */
  mask_pii: z.boolean().default(true),
});

const facts = {
  rows: z.number().int(),
  /** Rows on each side, whichever is exported. */
  splits: z.object({ train: z.number().int(), validation: z.number().int() }),
  /** No rule of the format is violated. */
  ready: z.boolean(),
  findings: z.array(FormatFinding),
  /** What was masked, or with `mask_pii: false` what was left in. */
  pii: PiiReport,
  load_code: LoadCode,
};

export const previewExport = endpoint({
  id: 'previewExport',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/:id/export/preview',
  summary: 'First rows of an export, with its checks, without writing it',
  role: 'curator',
  params: z.object({ id: ShortText }),
  body: ExportInput.extend({ first: z.number().int().min(1).max(50).default(5) }),
  response: z.object({ ...facts, first: z.array(z.record(z.string(), z.unknown())) }),
  errors: ['dataset_not_found', 'dataset_not_ready', 'dataset_damaged', 'artifact_not_found'],
});

export const exportDataset = endpoint({
  id: 'exportDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/:id/export',
  summary: 'Write a frozen data set in a training format',
  role: 'curator',
  params: z.object({ id: ShortText }),
  body: ExportInput,
  response: z.object({
    ...facts,
    sha256: z.string(),
    /** Path of the download on this server. */
    url: z.string(),
    file_name: z.string(),
  }),
  status: 201,
  errors: [
    'dataset_not_found',
    'dataset_not_ready',
    'dataset_damaged',
    'not_enough_data',
    'artifact_not_found',
  ],
});

export const DatasetExport = z.object({
  id: Id,
  format: ExportFormat,
  split: ExportSplit,
  masked: z.boolean(),
  rows: z.number().int(),
  sha256: z.string(),
  url: z.string(),
  file_name: z.string(),
  created_at: Timestamp,
});
export type DatasetExport = z.infer<typeof DatasetExport>;

export const listExports = endpoint({
  id: 'listExports',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id/exports',
  summary: 'Exports of a data set, newest first',
  role: 'viewer',
  params: IdParams,
  query: PageQuery,
  response: pageOf(DatasetExport),
  errors: ['dataset_not_found', 'invalid_cursor'],
});

export const downloadExport = endpoint({
  id: 'downloadExport',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id/exports/:sha256',
  summary: 'Download an export',
  role: 'curator',
  params: z.object({ id: Id, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  response: z.string(),
  answers: 'bytes',
  errors: ['dataset_not_found', 'artifact_not_found'],
});
