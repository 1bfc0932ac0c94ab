import { z } from 'zod';
import { Done, Id, IdParams, LongText, PageQuery, PlainText, pageOf, Share, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { DroppedRows, PairMethod } from './curate.ts';
import { AgreementReport } from './judging-agreement.ts';
import { JudgingAnswers, JudgingQuestions, ResponseKey, Skip } from './judging-question.ts';

export const JudgingStatus = z.enum(['draft', 'running', 'paused', 'closed']);
export type JudgingStatus = z.infer<typeof JudgingStatus>;
/** `item`: judged for its own sake. `control`: has a known answer, mixed in untold. `training`: explained afterwards. */
export const JudgingItemKind = z.enum(['item', 'control', 'training']);
export type JudgingItemKind = z.infer<typeof JudgingItemKind>;

/** Someone who judges: a member, or a program by its API key. */
export const Judge = z.object({
  id: Id,
  /** `member:<id>` or `key:<id>`. */
  principal: z.string(),
  name: z.string(),
  email: z.string().nullable(),
});
export type Judge = z.infer<typeof Judge>;

const settings = {
  name: PlainText.min(1).max(200),
  /** Markdown. */
  guidelines: z.string().max(50_000),
  questions: JudgingQuestions,
  judges_per_item: z.number().int().min(1).max(10),
  /** Ids of members or API keys. */
  judges: z.array(Id).max(500),
  /** Most judgements one judge may give; null for no limit. Training does not count. */
  quota: z.number().int().min(1).max(1_000_000).nullable(),
  /** Share of a judge's items that are control items, as long as there are any. */
  control_share: z.number().min(0).max(0.5),
  /** Training items a judge answers before the first real one (or all there are, when fewer). */
  training_round: z.number().int().min(0).max(100),
  /** Whoever has judged an item may see the other votes and which model wrote what; a vote is final once seen. */
  reveal_after_vote: z.boolean(),
};

export const JudgingProject = z.object({
  id: Id,
  ...settings,
  judges: z.array(Judge),
  status: JudgingStatus,
  counts: z.object({
    /** Items to be judged for their own sake. */
    items: z.number().int(),
    /** Those that have all their votes or were adjudicated. */
    done: z.number().int(),
    adjudicated: z.number().int(),
    controls: z.number().int(),
    training: z.number().int(),
    /** Votes on items, without control and training ones. */
    judgements: z.number().int(),
    /** Votes still missing. */
    missing: z.number().int(),
    /** Items with skips that still miss votes. */
    skipped: z.number().int(),
  }),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type JudgingProject = z.infer<typeof JudgingProject>;

export const createJudgingProject = endpoint({
  id: 'createJudgingProject',
  room: 'curate',
  method: 'post',
  path: '/api/judging/projects',
  summary: 'Start a draft of a judging project',
  role: 'curator',
  body: z.object({
    ...settings,
    guidelines: settings.guidelines.default(''),
    judges_per_item: settings.judges_per_item.default(2),
    judges: settings.judges.default([]),
    quota: settings.quota.default(null),
    control_share: settings.control_share.default(0),
    training_round: settings.training_round.default(0),
    reveal_after_vote: settings.reveal_after_vote.default(false),
  }),
  response: JudgingProject,
  status: 201,
  errors: ['member_not_found'],
});

export const listJudgingProjects = endpoint({
  id: 'listJudgingProjects',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects',
  summary: 'Judging projects, newest first',
  role: 'curator',
  query: PageQuery.extend({ status: JudgingStatus.optional() }),
  response: pageOf(JudgingProject),
  errors: ['invalid_cursor'],
});

export const getJudgingProject = endpoint({
  id: 'getJudgingProject',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects/:id',
  summary: 'One judging project with its progress',
  role: 'curator',
  params: IdParams,
  response: JudgingProject,
  errors: ['judging_project_not_found'],
});

export const updateJudgingProject = endpoint({
  id: 'updateJudgingProject',
  room: 'curate',
  method: 'patch',
  path: '/api/judging/projects/:id',
  summary: 'Change a project, run, pause, close or reopen it; once it ran, its questions stay as they are',
  role: 'curator',
  params: IdParams,
  body: z.object({ ...settings, status: JudgingStatus }).partial(),
  response: JudgingProject,
  errors: ['judging_project_not_found', 'judging_project_fixed', 'judging_not_ready', 'member_not_found'],
});

export const deleteJudgingProject = endpoint({
  id: 'deleteJudgingProject',
  room: 'curate',
  method: 'delete',
  path: '/api/judging/projects/:id',
  summary: 'Delete a draft with its items',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['judging_project_not_found', 'judging_project_fixed'],
});

export const possibleJudges = endpoint({
  id: 'possibleJudges',
  room: 'curate',
  method: 'get',
  path: '/api/judging/judges',
  summary: 'Members who can be asked to judge, by name',
  role: 'curator',
  response: z.object({ judges: z.array(Judge) }),
  errors: [],
});

/** Text of a response and, never shown to judges beforehand, who wrote it and how it scored. */
const ResponseInput = z.object({
  text: LongText.min(1),
  model: z.string().max(200).optional(),
  score: z.number().optional(),
});

/** One line of an uploaded file. Keys of responses in `control` are `r1`, `r2`, … in the given order. */
export const JudgingRow = z.object({
  query: LongText.min(1),
  /** What the judge should know beside the query: earlier turns, documents. Markdown. */
  context: LongText.optional(),
  responses: z.array(ResponseInput).min(1).max(10),
  /** Makes it a control item, or one of the training round. */
  control: z
    .object({
      answers: JudgingAnswers,
      explanation: z.string().max(10_000).default(''),
      training: z.boolean().default(false),
    })
    .optional(),
});
export type JudgingRow = z.infer<typeof JudgingRow>;

export const addJudgingItems = endpoint({
  id: 'addJudgingItems',
  room: 'curate',
  method: 'post',
  path: '/api/judging/projects/:id/items',
  summary:
    'Add items from rows, pairs, logged answers or feedback; those that are there already are counted, not doubled',
  role: 'curator',
  params: IdParams,
  body: z.intersection(
    z.discriminatedUnion('from', [
      z.object({
        from: z.literal('rows'),
        /** Each as `JudgingRow`; bad ones are named, the others added. */
        rows: z
          .array(z.object({ line: z.number().int().min(1), data: z.record(z.string(), z.unknown()) }))
          .min(1)
          .max(2000),
      }),
      z.object({
        from: z.literal('pairs'),
        dataset_id: Id.optional(),
        method: PairMethod.optional(),
        limit: z.number().int().min(1).max(10_000).default(300),
      }),
      z.object({
        from: z.literal('answers'),
        since: Timestamp.optional(),
        limit: z.number().int().min(1).max(10_000).default(300),
      }),
      z.object({
        from: z.literal('feedback'),
        statuses: z
          .array(z.enum(['pending', 'approved']))
          .min(1)
          .default(['pending', 'approved']),
        limit: z.number().int().min(1).max(10_000).default(300),
      }),
    ]),
    /** Only say what would be added. */
    z.object({ preview: z.boolean().default(false) }),
  ),
  response: z.object({
    added: z.number().int(),
    already_there: z.number().int(),
    left_out: z.array(DroppedRows),
    errors: z.array(z.object({ line: z.number().int(), param: z.string(), message: z.string() })),
    /** Queries of the first few. */
    sample: z.array(z.string()),
  }),
  errors: ['judging_project_not_found', 'judging_project_fixed', 'dataset_not_found'],
});

/** A response as curators see it. */
export const JudgingResponse = z.object({
  key: ResponseKey,
  text: z.string(),
  model: z.string().nullable(),
  score: z.number().nullable(),
});
export type JudgingResponse = z.infer<typeof JudgingResponse>;

/** One judge's vote, in the item's own keys. */
export const JudgingVote = z.object({
  id: Id,
  judge: z.string(),
  name: z.string(),
  answers: JudgingAnswers,
  skip: Skip.nullable(),
  comment: z.string().nullable(),
  /** Keys of the responses in the order this judge saw them. */
  shown: z.array(ResponseKey),
  seconds: z.number().nullable(),
  judged_at: Timestamp,
});
export type JudgingVote = z.infer<typeof JudgingVote>;

export const Adjudication = z.object({
  answers: JudgingAnswers,
  note: z.string(),
  by: z.string(),
  at: Timestamp,
});
export type Adjudication = z.infer<typeof Adjudication>;

export const JudgingItem = z.object({
  id: Id,
  kind: JudgingItemKind,
  query: z.string(),
  context: z.string().nullable(),
  responses: z.array(JudgingResponse),
  /** Of control and training items. */
  known: z.object({ answers: JudgingAnswers, explanation: z.string() }).nullable(),
  /** Where it came from, as `pair` and its id. */
  source: z.object({
    kind: z.enum(['rows', 'pair', 'answer', 'feedback', 'run']),
    id: z.string().nullable(),
  }),
  votes: z.number().int(),
  wanted: z.number().int(),
  skips: z.number().int(),
  /** 0 (all alike) to 1; null below two votes. */
  disagreement: Share.nullable(),
  adjudication: Adjudication.nullable(),
  created_at: Timestamp,
});
export type JudgingItem = z.infer<typeof JudgingItem>;

/** An item with what its judges said. */
export const JudgedItem = JudgingItem.extend({
  judgements: z.array(JudgingVote),
  /** The caller may still be asked to judge it: nobody's votes are shown to them until they have. */
  votes_hidden: z.boolean(),
});
export type JudgedItem = z.infer<typeof JudgedItem>;

export const listJudgingItems = endpoint({
  id: 'listJudgingItems',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects/:id/items',
  summary: 'Items of a project, newest first',
  role: 'curator',
  params: IdParams,
  query: PageQuery.extend({
    kind: JudgingItemKind.optional(),
    state: z.enum(['open', 'done', 'skipped', 'adjudicated']).optional(),
  }),
  response: pageOf(JudgingItem),
  errors: ['judging_project_not_found', 'invalid_cursor'],
});

export const getJudgingItem = endpoint({
  id: 'getJudgingItem',
  room: 'curate',
  method: 'get',
  path: '/api/judging/items/:id',
  summary:
    "One item with every vote; whoever is yet to judge it sees none, and who has judged it can't undo then",
  role: 'curator',
  params: IdParams,
  response: JudgedItem.extend({ project_id: Id }),
  errors: ['judging_item_not_found'],
});

export const deleteJudgingItem = endpoint({
  id: 'deleteJudgingItem',
  room: 'curate',
  method: 'delete',
  path: '/api/judging/items/:id',
  summary: 'Remove an item that nobody has judged',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['judging_item_not_found', 'judging_project_fixed'],
});

export const judgingAgreement = endpoint({
  id: 'judgingAgreement',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects/:id/agreement',
  summary: 'Agreement, reliability and bias of the judges, by question, week and judge',
  role: 'curator',
  params: IdParams,
  response: AgreementReport,
  errors: ['judging_project_not_found'],
});

export const listDisagreements = endpoint({
  id: 'listDisagreements',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects/:id/disagreements',
  summary: 'Items whose judges disagree, most first, with the votes that the caller may see',
  role: 'curator',
  params: IdParams,
  query: PageQuery.extend({
    /** Those that were decided already instead. */
    adjudicated: z.stringbool().default(false),
    minimum: z.coerce.number().min(0).max(1).default(0),
  }),
  response: pageOf(JudgedItem),
  errors: ['judging_project_not_found', 'invalid_cursor'],
});

export const adjudicate = endpoint({
  id: 'adjudicate',
  room: 'curate',
  method: 'post',
  path: '/api/judging/items/:id/adjudicate',
  summary: 'Decide an item for good, in its own keys (`r1`, …); nobody is asked about it any more',
  role: 'curator',
  params: IdParams,
  body: z.object({ answers: JudgingAnswers, note: z.string().max(10_000).default('') }),
  response: JudgingItem,
  errors: ['judging_item_not_found', 'judging_answer_invalid'],
});

export const pairsFromJudging = endpoint({
  id: 'pairsFromJudging',
  room: 'curate',
  method: 'post',
  path: '/api/judging/projects/:id/pairs',
  summary: 'Make preference pairs of the votes, with the reasons for what was left out',
  role: 'curator',
  params: IdParams,
  body: z.object({
    /** A pairwise or ranking question; the first one unless given. */
    question: z.string().max(50).optional(),
    /** How votes are weighed; an adjudication always decides. */
    by: z.enum(['majority', 'dawid_skene']).default('majority'),
    /** Leave out what is less clear. */
    minimum_strength: Share.default(0),
    preview: z.boolean().default(false),
  }),
  response: z.object({
    created: z.number().int(),
    /** How many would be made or were. */
    count: z.number().int(),
    /** The first fifty. */
    pairs: z.array(
      z.object({
        item_id: Id,
        query: z.string(),
        /** What was said before the query; empty where it was the first question. */
        query_context: z.string(),
        chosen_response: z.string(),
        rejected_response: z.string(),
        preference_strength: Share,
      }),
    ),
    left_out: z.array(DroppedRows),
  }),
  errors: ['judging_project_not_found', 'not_enough_data'],
});

/** Where a judge stands in a project. */
export const JudgingStanding = z.object({
  phase: z.enum(['training', 'judging', 'finished']),
  /** Why there is nothing to do now; null when there is. */
  waiting: z.enum(['nothing_left', 'quota_reached', 'not_running']).nullable(),
  training_left: z.number().int(),
  done: z.number().int(),
  /** Items that this judge could still be given, within the quota. */
  left: z.number().int(),
  quota: z.number().int().nullable(),
  /** Judgements an hour over the last hour of work; null below five. */
  pace: z.number().nullable(),
  last_judged_at: Timestamp.nullable(),
});
export type JudgingStanding = z.infer<typeof JudgingStanding>;

const JudgesProject = z.object({ id: Id, name: z.string(), status: JudgingStatus });

export const myJudging = endpoint({
  id: 'myJudging',
  room: 'curate',
  method: 'get',
  path: '/api/judging/mine',
  summary: 'The projects I judge, running ones first',
  role: 'rater',
  response: z.object({ projects: z.array(z.object({ project: JudgesProject, standing: JudgingStanding })) }),
  errors: [],
});

/** An item as its judge sees it: nothing in it tells who wrote what or whether the answer is known. */
export const JudgingTask = z.object({
  /** What POST /api/judging/:id takes. */
  id: Id,
  training: z.boolean(),
  query: z.string(),
  context: z.string().nullable(),
  responses: z.array(z.object({ key: ResponseKey, text: z.string() })),
  /** Until when it is kept for this judge; asking for the next renews it. */
  reserved_until: Timestamp,
});
export type JudgingTask = z.infer<typeof JudgingTask>;

export const nextToJudge = endpoint({
  id: 'nextToJudge',
  room: 'curate',
  method: 'get',
  path: '/api/judging/next',
  summary: 'My next items of a project, kept for me; call again to renew',
  role: 'rater',
  query: z.object({ project: Id, count: z.coerce.number().int().min(1).max(5).default(1) }),
  response: z.object({ tasks: z.array(JudgingTask), standing: JudgingStanding }),
  errors: ['judging_project_not_found', 'not_a_judge'],
});

export const releaseJudging = endpoint({
  id: 'releaseJudging',
  room: 'curate',
  method: 'post',
  path: '/api/judging/release',
  summary: 'Give back the items kept for me',
  role: 'rater',
  body: z.object({ project: Id }),
  response: z.object({ released: z.number().int() }),
  errors: ['judging_project_not_found', 'not_a_judge'],
});

export const judgingGuide = endpoint({
  id: 'judgingGuide',
  room: 'curate',
  method: 'get',
  path: '/api/judging/projects/:id/guide',
  summary: 'Guidelines and questions, for those who judge',
  role: 'rater',
  params: IdParams,
  response: JudgesProject.extend({
    guidelines: z.string(),
    questions: JudgingQuestions,
    reveal_after_vote: z.boolean(),
    standing: JudgingStanding,
  }),
  errors: ['judging_project_not_found', 'not_a_judge'],
});

export const recentJudgements = endpoint({
  id: 'recentJudgements',
  room: 'curate',
  method: 'get',
  path: '/api/judging/recent',
  summary: 'My last ten judgements in a project, newest first',
  role: 'rater',
  query: z.object({ project: Id }),
  response: z.object({
    judgements: z.array(
      z.object({
        id: Id,
        query: z.string(),
        answers: JudgingAnswers,
        skip: Skip.nullable(),
        judged_at: Timestamp,
        can_undo: z.boolean(),
      }),
    ),
  }),
  errors: ['judging_project_not_found', 'not_a_judge'],
});

export const judge = endpoint({
  id: 'judge',
  room: 'curate',
  method: 'post',
  path: '/api/judging/:id',
  summary: 'Answer the questions about an item kept for me, or skip it; repeating it changes nothing',
  role: 'rater',
  params: IdParams,
  body: z.object({
    answers: JudgingAnswers.default({}),
    skip: Skip.optional(),
    comment: z.string().max(5000).optional(),
    time_spent_ms: z.number().int().min(0).max(86_400_000).optional(),
  }),
  response: z.object({
    id: Id,
    standing: JudgingStanding,
    /** After a training item: the known answers in the keys shown, and why. */
    training: z.object({ correct: z.boolean(), answers: JudgingAnswers, explanation: z.string() }).nullable(),
  }),
  errors: [
    'judgement_not_found',
    'not_a_judge',
    'judging_not_running',
    'judging_answer_invalid',
    'judging_reservation_lost',
    'judgement_final',
  ],
});

export const undoJudgement = endpoint({
  id: 'undoJudgement',
  room: 'curate',
  method: 'post',
  path: '/api/judging/:id/undo',
  summary: 'Take back one of my last ten judgements; the item is mine to judge again',
  role: 'rater',
  params: IdParams,
  response: JudgingTask.extend({
    answers: JudgingAnswers,
    skip: Skip.nullable(),
    comment: z.string().nullable(),
  }),
  errors: [
    'judgement_not_found',
    'not_a_judge',
    'judging_not_running',
    'judging_reservation_lost',
    'judgement_final',
  ],
});

export const getJudgement = endpoint({
  id: 'getJudgement',
  room: 'curate',
  method: 'get',
  path: '/api/judging/:id',
  summary: 'An item kept for me or judged by me; with the other votes where the project shows them',
  role: 'rater',
  params: IdParams,
  response: JudgingTask.extend({
    project_id: Id,
    reserved_until: Timestamp.nullable(),
    answers: JudgingAnswers.nullable(),
    skip: Skip.nullable(),
    comment: z.string().nullable(),
    judged_at: Timestamp.nullable(),
    /** In the keys shown; null until judged, and where the project keeps judges blind. */
    revealed: z
      .object({
        models: z.record(ResponseKey, z.string().nullable()),
        votes: z.array(z.object({ answers: JudgingAnswers, comment: z.string().nullable() })),
      })
      .nullable(),
  }),
  errors: ['judgement_not_found'],
});
