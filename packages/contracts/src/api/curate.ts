import { z } from 'zod';
import { Done, Id, IdParams, LongText, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const DatasetType = z.enum(['preference_pairs', 'instruction_tuning', 'dpo', 'kto', 'step', 'reward']);
export type DatasetType = z.infer<typeof DatasetType>;
export const DatasetStatus = z.enum(['draft', 'curating', 'ready', 'exported', 'archived']);
export type DatasetStatus = z.infer<typeof DatasetStatus>;
export const PairMethod = z.enum([
  'direct',
  'absolute',
  'multi_aspect',
  'correction',
  'comparison',
  'manual',
  'import',
]);
export type PairMethod = z.infer<typeof PairMethod>;
export const SplitStrategy = z.enum(['stratified', 'temporal', 'by_user']);
export const ExportFormat = z.enum([
  'trl_preference',
  'trl_kto',
  'openai_chat',
  'openai_preference',
  'anthropic_text',
  'bedrock_conversation',
  'ratings',
  'parquet',
]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** How many rows a preparation step removed, and why. */
export const DroppedRows = z.object({
  reason: z.string(),
  count: z.number().int(),
  examples: z.array(z.string()),
});

export const ValidationReport = z.object({
  considered: z.number().int(),
  kept: z.number().int(),
  dropped: z.array(DroppedRows),
  pairs_by_method: z.record(z.string(), z.number().int()),
  rating_distribution: z.record(z.string(), z.number().int()),
  /** Spearman correlation of length with rating: how far a longer answer is rated better. */
  length_correlation: z.number().nullable(),
  splits: z.record(z.string(), z.object({ rows: z.number().int(), queries: z.number().int() })),
  /** Queries that stand on both sides of the split; always 0 in a frozen set. */
  leaking_queries: z.number().int(),
});
export type ValidationReport = z.infer<typeof ValidationReport>;

export const Dataset = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  dataset_type: DatasetType,
  status: DatasetStatus,
  sample_count: z.number().int(),
  pair_count: z.number().int(),
  quality_score: Share.nullable(),
  content_hash: z.string().nullable(),
  export_format: z.string().nullable(),
  export_url: z.string().nullable(),
  curator_email: z.string().nullable(),
  report: ValidationReport.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type Dataset = z.infer<typeof Dataset>;

const DatasetNameParams = z.object({ id: ShortText });

export const createDataset = endpoint({
  id: 'createDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets',
  summary: 'Start a draft data set from chosen feedback',
  role: 'curator',
  body: z.object({
    name: z.string().min(1).max(200),
    description: z.string().max(5000).default(''),
    dataset_type: DatasetType.default('reward'),
    feedback_ids: z.array(Id).max(100_000).default([]),
  }),
  response: Dataset,
  status: 201,
  errors: ['feedback_not_found'],
});

export const listDatasets = endpoint({
  id: 'listDatasets',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets',
  summary: 'Data sets, newest first',
  role: 'viewer',
  query: PageQuery.extend({ status: DatasetStatus.optional(), dataset_type: DatasetType.optional() }),
  response: pageOf(Dataset),
  errors: ['invalid_cursor'],
});

export const getDataset = endpoint({
  id: 'getDataset',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id',
  summary: 'One data set by id or name, with its validation report',
  role: 'viewer',
  params: DatasetNameParams,
  response: Dataset,
  errors: ['dataset_not_found'],
});

export const updateDataset = endpoint({
  id: 'updateDataset',
  room: 'curate',
  method: 'patch',
  path: '/api/training-datasets/:id',
  summary: 'Change a draft, or freeze it with `status: "ready"`',
  role: 'curator',
  params: IdParams,
  body: z.object({
    name: z.string().min(1).max(200).optional(),
    description: z.string().max(5000).optional(),
    feedback_ids: z.array(Id).max(100_000).optional(),
    status: z.enum(['curating', 'ready']).optional(),
    /** Share of queries held out when it is frozen; as in the preparation unless given. */
    validation_share: z.number().min(0.01).max(0.5).optional(),
  }),
  response: Dataset,
  errors: ['dataset_not_found', 'dataset_frozen', 'feedback_not_found', 'not_enough_data'],
});

export const archiveDataset = endpoint({
  id: 'archiveDataset',
  room: 'curate',
  method: 'delete',
  path: '/api/training-datasets/:id',
  summary: 'Archive a data set; its snapshot stays for lineage',
  role: 'curator',
  params: IdParams,
  response: Dataset,
  errors: ['dataset_not_found'],
});

/** The preparation job: unused feedback in, one frozen data set out. */
export const PrepareInput = z.object({
  name: z.string().min(1).max(200).optional(),
  dataset_type: DatasetType.default('reward'),
  /** Refuse below this many usable feedbacks; 50 for the linear reward model, 1,000 otherwise, unless given. */
  minimum: z.number().int().min(1).max(10_000_000).optional(),
  methods: z.array(PairMethod).default(['direct', 'absolute', 'multi_aspect', 'correction', 'comparison']),
  split: SplitStrategy.default('stratified'),
  /** Share of queries held out for validation; 0.12 for the linear reward model, 0.2 otherwise, unless given. */
  validation_share: z.number().min(0.01).max(0.5).optional(),
  /** Take feedback that is in an earlier data set too. */
  include_used: z.boolean().default(false),
  /** Only feedback with these statuses. */
  statuses: z.array(z.enum(['pending', 'approved'])).default(['pending', 'approved']),
  /** Most of the data that one person may contribute; not applied with fewer people than it takes. */
  person_cap: z.number().min(0.01).max(1).default(0.2),
  seed: z.number().int().min(0).default(1),
});
export type PrepareInput = z.infer<typeof PrepareInput>;

export const prepareDataset = endpoint({
  id: 'prepareDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/prepare',
  summary: 'Prepare a frozen data set from unused feedback',
  role: 'curator',
  body: PrepareInput,
  response: Dataset,
  status: 201,
  errors: ['not_enough_data'],
});

export const exportDataset = endpoint({
  id: 'exportDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/:id/export',
  summary: 'Write a frozen data set in a training format',
  role: 'curator',
  params: DatasetNameParams,
  body: z.object({ format: ExportFormat, split: z.enum(['all', 'train', 'validation']).default('all') }),
  response: z.object({
    rows: z.number().int(),
    sha256: z.string(),
    /** Path of the download on this server. */
    url: z.string(),
    file_name: z.string(),
  }),
  status: 201,
  errors: ['dataset_not_found', 'dataset_not_ready', 'not_enough_data'],
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

export const Pair = z.object({
  id: Id,
  dataset_id: Id.nullable(),
  query: z.string(),
  chosen_response: z.string(),
  rejected_response: z.string(),
  preference_strength: Share,
  annotator_email: z.string().nullable(),
  annotation_notes: z.string().nullable(),
  method: PairMethod,
  source_feedback_ids: z.array(Id),
  created_at: Timestamp,
});
export type Pair = z.infer<typeof Pair>;

export const createPair = endpoint({
  id: 'createPair',
  room: 'curate',
  method: 'post',
  path: '/api/preference-pairs',
  summary: 'Write a preference pair by hand',
  role: 'curator',
  body: z
    .object({
      query: LongText.min(1),
      chosen_response: LongText.min(1),
      rejected_response: LongText.min(1),
      preference_strength: Share.default(1),
      annotation_notes: z.string().max(10_000).optional(),
    })
    .refine((p) => p.chosen_response !== p.rejected_response, {
      message: 'chosen_response and rejected_response are the same text.',
      path: ['rejected_response'],
    }),
  response: Pair,
  status: 201,
  errors: [],
});

export const listPairs = endpoint({
  id: 'listPairs',
  room: 'curate',
  method: 'get',
  path: '/api/preference-pairs',
  summary: 'Preference pairs, newest first',
  role: 'viewer',
  query: PageQuery.extend({ dataset_id: Id.optional(), method: PairMethod.optional() }),
  response: pageOf(Pair),
  errors: ['invalid_cursor'],
});

export const updatePair = endpoint({
  id: 'updatePair',
  room: 'curate',
  method: 'patch',
  path: '/api/preference-pairs/:id',
  summary: 'Change a pair that is in no frozen data set',
  role: 'curator',
  params: IdParams,
  body: z.object({
    chosen_response: LongText.min(1).optional(),
    rejected_response: LongText.min(1).optional(),
    preference_strength: Share.optional(),
    annotation_notes: z.string().max(10_000).optional(),
  }),
  response: Pair,
  errors: ['pair_not_found', 'dataset_frozen'],
});

export const deletePair = endpoint({
  id: 'deletePair',
  room: 'curate',
  method: 'delete',
  path: '/api/preference-pairs/:id',
  summary: 'Delete a pair that is in no frozen data set',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['pair_not_found', 'dataset_frozen'],
});

export const pairsFromFeedback = endpoint({
  id: 'pairsFromFeedback',
  room: 'curate',
  method: 'post',
  path: '/api/preference-pairs/bulk',
  summary: 'Make pairs from feedback, with the reasons for what was left out',
  role: 'curator',
  body: z.object({
    feedback_ids: z.array(Id).min(2).max(10_000),
    methods: z.array(PairMethod).default(['direct', 'correction']),
    /** Only say what would be made. */
    preview: z.boolean().default(false),
  }),
  response: z.object({ created: z.number().int(), pairs: z.array(Pair), left_out: z.array(DroppedRows) }),
  errors: ['feedback_not_found'],
});
