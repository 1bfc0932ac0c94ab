import { z } from 'zod';
import { EstimateSchema, Id, IdParams, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { FeedbackSource, FeedbackStatus, FeedbackType } from './collect.ts';
import { PiiReport } from './pii.ts';

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
  'judged',
]);
export type PairMethod = z.infer<typeof PairMethod>;
export const SplitStrategy = z.enum(['stratified', 'temporal', 'by_user']);

/** Which feedback (and, for data sets, which pairs) to take. Conditions of several kinds must all hold. */
export const FeedbackQuery = z.object({
  statuses: z.array(FeedbackStatus).min(1).default(['pending', 'approved']),
  /** All of these tags. */
  tags: z.array(z.string().min(1).max(100)).max(20).default([]),
  sources: z.array(FeedbackSource).default([]),
  feedback_types: z.array(FeedbackType).default([]),
  after: Timestamp.optional(),
  before: Timestamp.optional(),
  /** The days up to now. */
  last_days: z.number().int().min(1).max(3650).optional(),
  min_rating: z.number().min(1).max(5).optional(),
  max_rating: z.number().min(1).max(5).optional(),
  /** Who reviewed the feedback or wrote the pair. */
  annotator: z.string().max(320).optional(),
  /**
   * Least agreement about an answer: its share of Krippendorff's alpha (interval), 1 where its raters agree wholly and 0
   * where they differ as much as chance. Answers that one person rated are left out.
   */
  min_alpha: z.number().min(-1).max(1).optional(),
  /** Feedback that is in an earlier data set too. */
  include_used: z.boolean().default(true),
});
export type FeedbackQuery = z.infer<typeof FeedbackQuery>;

/** Which of the pairs that are in no data set yet to take along. */
export const PairQuery = z.object({
  /**
   * `matching`: those made of the feedback that is taken, or on a question it is about. `any`: also those on other
   * questions, within the query's dates and of its annotator.
   */
  of: z.enum(['matching', 'any']).default('matching'),
  methods: z.array(PairMethod).default([]),
  min_strength: Share.default(0),
});

export const DatasetQuery = FeedbackQuery.extend({
  /** `null`: none. */
  pairs: PairQuery.nullable().default({ of: 'matching', methods: [], min_strength: 0 }),
});
export type DatasetQuery = z.infer<typeof DatasetQuery>;
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
  // What follows is missing in reports of data sets frozen before Attune wrote it.
  /** Queries of the validation side that nearly stand in training too (Jaccard of word shingles from 0.8). */
  near_leaks: z.object({ count: z.number().int(), examples: z.array(z.string()) }).optional(),
  /** Rows whose question was not the first of its conversation. */
  later_turns: z.number().int().optional(),
  /** Share of ratings that are good (4 or 5), with its interval. */
  good_share: EstimateSchema.optional(),
  length_bias: z
    .object({
      /** Correlation of length with rating (Spearman), with its interval. */
      rating: EstimateSchema,
      /** Share of pairs whose chosen answer is longer; 0.5 without bias. */
      chosen_longer: EstimateSchema,
    })
    .optional(),
  /** Answers to one query that say nearly the same, beyond the first of them. */
  duplicates: z
    .object({ exact: z.number().int(), near: z.number().int(), examples: z.array(z.string()) })
    .optional(),
  pii: PiiReport.optional(),
  /** Krippendorff's alpha (interval) of the ratings, over answers that several people rated. */
  alpha: EstimateSchema.optional(),
});
export type ValidationReport = z.infer<typeof ValidationReport>;

export const Dataset = z.object({
  id: Id,
  name: z.string(),
  /** Counts the data sets of one name, from 1. */
  version: z.number().int(),
  description: z.string(),
  dataset_type: DatasetType,
  status: DatasetStatus,
  /** What it was made by; null where the feedback was chosen by hand or by the preparation. */
  query: DatasetQuery.nullable(),
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
  summary:
    'Start a draft data set from chosen or matching feedback; a name that exists makes its next version',
  role: 'curator',
  body: z.object({
    name: z.string().min(1).max(200),
    description: z.string().max(5000).default(''),
    dataset_type: DatasetType.default('reward'),
    feedback_ids: z.array(Id).max(100_000).default([]),
    /** Instead of `feedback_ids`: what matches now. */
    query: DatasetQuery.optional(),
  }),
  response: Dataset,
  status: 201,
  errors: ['feedback_not_found', 'too_much_feedback'],
});

export const listDatasets = endpoint({
  id: 'listDatasets',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets',
  summary: 'Data sets, newest first',
  role: 'viewer',
  query: PageQuery.extend({
    status: DatasetStatus.optional(),
    dataset_type: DatasetType.optional(),
    /** Part of the name. */
    q: ShortText.optional(),
    /** `true`: archived ones too. */
    archived: z.enum(['true', 'false']).default('true'),
  }),
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
    /** Instead of `feedback_ids`: what matches now. */
    query: DatasetQuery.optional(),
    status: z.enum(['curating', 'ready']).optional(),
    /** Share of queries held out when it is frozen; as in the preparation unless given. */
    validation_share: z.number().min(0.01).max(0.5).optional(),
  }),
  response: Dataset,
  errors: [
    'dataset_not_found',
    'dataset_frozen',
    'feedback_not_found',
    'too_much_feedback',
    'not_enough_data',
  ],
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
  /** Id or name of a frozen data set: the questions that it holds out stay out of this one, so that both can measure. */
  keep_out: ShortText.optional(),
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
  errors: ['not_enough_data', 'dataset_not_found', 'dataset_not_ready'],
});

export const unarchiveDataset = endpoint({
  id: 'unarchiveDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/:id/unarchive',
  summary: 'Take a data set out of the archive, as it was',
  role: 'curator',
  params: IdParams,
  response: Dataset,
  errors: ['dataset_not_found'],
});

/** A row of a data set, in short. */
export const DatasetRow = z.object({
  type: z.enum(['rating', 'pair', 'steps']),
  split: z.enum(['train', 'validation']),
  query: z.string(),
  /** The rest of the row, as it stands in the snapshot. */
  row: z.record(z.string(), z.unknown()),
});

export const previewDataset = endpoint({
  id: 'previewDataset',
  room: 'curate',
  method: 'post',
  path: '/api/training-datasets/preview',
  summary: 'What a query would make, without making it',
  role: 'curator',
  body: z.object({ dataset_type: DatasetType.default('reward'), query: DatasetQuery }),
  response: z.object({
    /** Feedback that matches. */
    feedback: z.number().int(),
    /** Free pairs that match. */
    pairs: z.number().int(),
    /** Free pairs of the wanted methods and strength that stay behind: on other questions or, of any, outside the dates. */
    other_pairs: z.number().int(),
    /** More matches than a preview looks at; counts and report are about the newest. */
    truncated: z.boolean(),
    /** Why nothing can be frozen from it; null when it can. */
    refused: z.string().nullable(),
    sample_count: z.number().int(),
    pair_count: z.number().int(),
    step_count: z.number().int(),
    first: z.array(DatasetRow),
    report: ValidationReport.nullable(),
  }),
  errors: [],
});

export const DatasetCard = z.object({
  name: z.string(),
  version: z.number().int(),
  dataset_type: DatasetType,
  description: z.string(),
  content_hash: z.string(),
  curator: z.string().nullable(),
  created_at: Timestamp,
  made_from: z.string(),
  samples: z.number().int(),
  pairs: z.number().int(),
  quality_score: Share.nullable(),
  report: ValidationReport,
  limitations: z.array(z.string()),
});
export type DatasetCard = z.infer<typeof DatasetCard>;

/** Languages that a card is written in. */
export const CardLanguage = z.enum(['en', 'vi']);
export type CardLanguage = z.infer<typeof CardLanguage>;

export const getDatasetCard = endpoint({
  id: 'getDatasetCard',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id/card',
  summary: 'The card of a frozen data set, as data and as Markdown',
  role: 'viewer',
  params: DatasetNameParams,
  query: z.object({ language: CardLanguage.default('en') }),
  response: z.object({ card: DatasetCard, markdown: z.string() }),
  errors: ['dataset_not_found', 'dataset_not_ready'],
});

export const listDatasetVersions = endpoint({
  id: 'listDatasetVersions',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id/versions',
  summary: 'Every version of a data set, newest first',
  role: 'viewer',
  params: IdParams,
  query: PageQuery,
  response: pageOf(Dataset),
  errors: ['dataset_not_found', 'invalid_cursor'],
});

export const RowChange = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  before: DatasetRow.nullable(),
  after: DatasetRow.nullable(),
});
export type RowChange = z.infer<typeof RowChange>;

export const diffDatasets = endpoint({
  id: 'diffDatasets',
  room: 'curate',
  method: 'get',
  path: '/api/training-datasets/:id/diff',
  summary: 'What a frozen data set has that another has not, and the other way round',
  role: 'curator',
  params: IdParams,
  query: PageQuery.extend({ against: Id, change: RowChange.shape.change.optional() }),
  response: z.object({
    counts: z.object({
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      same: z.number().int(),
      /** Rows that only moved to the other side of the split; they count as the same. */
      moved: z.number().int(),
    }),
    items: z.array(RowChange),
    next_cursor: z.string().nullable(),
  }),
  errors: [
    'dataset_not_found',
    'dataset_not_ready',
    'dataset_damaged',
    'artifact_not_found',
    'invalid_cursor',
  ],
});
