import type {
  Adjudication,
  AlertChannel,
  AlertDelivery,
  AlertEvidence,
  AlertKind,
  AlertRuleSettings,
  AlertSeverity,
  Candidate,
  ChatMessage,
  ContextDocument,
  Criterion,
  DatasetQuery,
  DatasetStatus,
  DatasetType,
  ExperimentExposure,
  ExperimentLook,
  ExperimentMetric,
  ExperimentResults,
  ExperimentStatus,
  ExportFormat,
  FeedbackSource,
  FeedbackStatus,
  FeedbackType,
  GateFindings,
  GateMeasurement,
  GateName,
  GateSettings,
  Job,
  JobArtifact,
  JobEvent,
  JobProvider,
  JobRecipe,
  JobRunner,
  JobStatus,
  JudgeSamples,
  JudgingAnswers,
  JudgingItemKind,
  JudgingQuestion,
  JudgingStatus,
  LoggedComparison,
  Metrics,
  ModelKind,
  ModelStatus,
  OutcomeKind,
  PairMethod,
  PairRevision,
  RampEvent,
  RampEvidence,
  RampGuard,
  RampKind,
  RampState,
  RampStep,
  ReportAction,
  ReportContent,
  ReportKind,
  RetrainingCause,
  RetrainingEvent,
  RetrainingLook,
  RetrainingOutcome,
  RetrainingSettings,
  RetrainingStep,
  ReviewAction,
  ReviewDecision,
  ReviewFilter,
  ReviewOrder,
  Role,
  Room,
  SelfTestLook,
  ShadowEnd,
  ShadowStatus,
  Skip,
  ValidationReport,
} from '@attune/contracts';
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type CreatedAt = ColumnType<Date, Date | string | undefined, never>;
/** JSON columns are written as text, so that arrays are never taken for PostgreSQL arrays. */
type Json<T> = ColumnType<T, string, string>;
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

interface Organizations {
  id: string;
  name: string;
  compare_share: ColumnType<number | null, number | null | undefined, number | null>;
  created_at: CreatedAt;
}
interface Members {
  id: string;
  organization: string;
  email: string;
  name: string;
  role: Role;
  created_at: CreatedAt;
}
interface Sessions {
  token_hash: string;
  organization: string;
  member_id: string;
  created_at: CreatedAt;
  expires_at: Time;
}
interface SignInLinks {
  token_hash: string;
  organization: string;
  member_id: string;
  expires_at: Time;
  used_at: MaybeTime;
}
interface ApiKeys {
  id: string;
  organization: string;
  name: string;
  prefix: string;
  key_hash: string;
  role: Role;
  scopes: Room[];
  created_at: CreatedAt;
  expires_at: MaybeTime;
  last_used_at: MaybeTime;
  revoked_at: MaybeTime;
}
interface ServerSecrets {
  name: string;
  value: string;
}
interface AuditLog {
  position: Generated<number>;
  id: string;
  organization: string;
  at: Time;
  actor: string;
  action: string;
  subject: string;
  details: Json<Record<string, unknown>>;
  previous_hash: string;
  hash: string;
}
interface IdempotencyKeys {
  organization: string;
  principal: string;
  key: string;
  request_hash: string;
  status: number | null;
  response: MaybeJson<unknown>;
  /** Renewed while the request runs. */
  created_at: ColumnType<Date, Date | undefined, Date>;
}
interface ConversationLogs {
  response_id: string;
  organization: string;
  user_id: string | null;
  session_id: string | null;
  timestamp: Time;
  query: string;
  context: Json<ChatMessage[]>;
  selected_response: string | null;
  reward_score: number | null;
  all_candidates: Json<Candidate[]>;
  policy: string;
  reward_model: string | null;
  selection: string;
  status: 'open' | 'delivered' | 'aborted' | 'failed';
  degraded: string | null;
  timings: Json<Record<string, number>>;
  replica: string | null;
  import_key: string | null;
  asker: string | null;
  parent_response_id: string | null;
  /** The registered policy that its visitor was to get, '' for none; null where nothing was to choose. */
  assigned_policy: string | null;
  compare: MaybeJson<LoggedComparison>;
  experiment: MaybeJson<ExperimentExposure>;
}
interface Conversations {
  organization: string;
  asker: string;
  session_id: string;
  title: string | null;
  first_query: string | null;
  turns: number;
  started_at: Time;
  updated_at: Time;
  last_response_id: string;
  hidden_up_to: string | null;
}
interface Backfills {
  name: string;
  /** Id of the last row done. */
  done_to: ColumnType<string, string | undefined, string>;
}
interface ServeReplicas {
  id: string;
  seen_at: Time;
}
interface RecordedAnswers {
  id: string;
  organization: string;
  query_key: string;
  query: string;
  text: string;
  generation_method: string;
  content_hash: string;
  created_at: CreatedAt;
}
interface Documents {
  id: string;
  organization: string;
  title: string;
  text: string;
  url: string | null;
  metadata: Json<Record<string, string>>;
  content_hash: string;
  created_at: CreatedAt;
}
interface DocumentChunks {
  id: string;
  organization: string;
  document_id: string;
  position: number;
  text: string;
  embedder: string;
  embedding: number[];
}
interface RlhfFeedback {
  id: Generated<string>;
  organization: string;
  response_id: string | null;
  session_id: string | null;
  user_id: string | null;
  /** Who gave it, for one feedback per person and target, rate limits and caps. */
  person: string;
  /** The API key that it last came with (`key:<id>`). */
  api_key: Generated<string | null>;
  target: Generated<string>;
  query: string;
  /** The turns before the question as one text (`earlierTurns`); '' where it was the first. */
  query_context: Generated<string>;
  query_key: string;
  response: string;
  feedback_type: FeedbackType;
  feedback_value: Json<Record<string, unknown>>;
  rating_overall: number | null;
  rating_dimensions: Json<Partial<Record<'accuracy' | 'helpfulness' | 'clarity' | 'safety', number>>>;
  reaction_type: string | null;
  text_feedback: string | null;
  context: Json<Record<string, unknown>>;
  curator_email: string | null;
  status: Generated<FeedbackStatus>;
  tags: Generated<string[]>;
  source: FeedbackSource;
  reward_model: string | null;
  policy: string | null;
  is_training_data: Generated<boolean>;
  import_key: string | null;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  updated_at: ColumnType<Date, Date | string | undefined, Date | string>;
  review_note: Generated<string | null>;
  review_correction: Generated<string | null>;
  assigned_to: Generated<string | null>;
  /** How much the item teaches, 0 to 1; 0 until it is known. */
  review_priority: Generated<number>;
  review_disagreement: Generated<number | null>;
  /** The decision that left the row as it is; null once anybody else changed it. */
  review_decision: Generated<string | null>;
  /** As the answer has it. */
  assigned_policy: string | null;
  experiment: MaybeJson<ExperimentExposure>;
}
interface ReviewIndex {
  feedback_id: string;
  organization: string;
  embedder: string | null;
  embedding: number[] | null;
  score: number | null;
  scored_by: string | null;
  /** When it is to be embedded and scored; null when it has been. */
  due_at: Date | null;
}
interface ReviewRankings {
  organization: string;
  model: string;
}
interface ReviewReservations {
  feedback_id: string;
  organization: string;
  holder: string;
  holder_name: string;
  until: Time;
}
interface ReviewSkips {
  feedback_id: string;
  holder: string;
  organization: string;
  until: Time;
}
interface ReviewDecisions {
  id: string;
  organization: string;
  principal: string;
  name: string;
  email: string | null;
  action: ReviewAction['action'];
  decision: Json<ReviewAction>;
  filter: MaybeJson<ReviewFilter>;
  state: ReviewDecision['state'];
  items: Generated<number>;
  done: Generated<number>;
  left_alone: Generated<number>;
  restored: Generated<number>;
  created_at: Time;
}
interface ReviewChanges {
  decision_id: string;
  feedback_id: string;
  organization: string;
  state: Generated<'planned' | 'changed' | 'left_alone' | 'restored' | 'kept'>;
  before: MaybeJson<Record<string, unknown>>;
}
interface ReviewViews {
  id: string;
  organization: string;
  owner: string;
  name: string;
  filter: Json<ReviewFilter>;
  sort: ReviewOrder;
  shared: boolean;
  created_at: Time;
  updated_at: Time;
}
interface FeedbackHistory {
  id: string;
  organization: string;
  feedback_id: string;
  was: JSONColumnType<Record<string, unknown>>;
  replaced_at: CreatedAt;
}
interface DailyAnswers {
  organization: string;
  /** `2026-03-10`, in UTC. */
  day: string;
  answers: Generated<number>;
}
interface DailyFeedback {
  organization: string;
  /** `2026-03-10`, in UTC. */
  day: string;
  feedback: Generated<number>;
  reactions: Generated<number>;
  positive: Generated<number>;
  reached: Generated<number>;
}
interface AnswerCounters {
  organization: string;
  reward_model: string;
  answers: Generated<number>;
  answered_at: MaybeTime;
}
interface VersionCountersTable {
  organization: string;
  reward_model: string;
  feedback: Generated<number>;
  ratings: Generated<number>;
  rating_sum: Generated<number>;
  distribution: Generated<number[]>;
  thumbs_up: Generated<number>;
  thumbs_down: Generated<number>;
  corrections: Generated<number>;
}
interface TrainingDatasets {
  id: string;
  organization: string;
  name: string;
  description: string;
  dataset_type: DatasetType;
  status: DatasetStatus;
  feedback_ids: string[];
  sample_count: number;
  pair_count: number;
  quality_score: number | null;
  export_format: string | null;
  export_url: string | null;
  content_hash: string | null;
  report: MaybeJson<ValidationReport>;
  curator_email: string | null;
  /** Counts the data sets of one name; the database gives it. */
  version: GeneratedAlways<number>;
  query: MaybeJson<DatasetQuery>;
  /** Pairs that a draft is to take along. */
  pair_ids: Generated<string[]>;
  archived_from: DatasetStatus | null;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}
interface DatasetExports {
  id: Generated<string>;
  organization: string;
  dataset_id: string;
  sha256: string;
  format: ExportFormat;
  split: Generated<'all' | 'train' | 'validation'>;
  masked: Generated<boolean>;
  file_name: string;
  rows: number;
  created_at: CreatedAt;
}
interface PreferencePairs {
  id: string;
  organization: string;
  dataset_id: string | null;
  query: string;
  /** As that of feedback. */
  query_context: Generated<string>;
  chosen_response: string;
  rejected_response: string;
  preference_strength: number;
  context_documents: ColumnType<ContextDocument[], string | undefined, string>;
  annotator_email: string | null;
  annotation_notes: string | null;
  method: PairMethod;
  source_feedback_ids: string[];
  judging_item_id: Generated<string | null>;
  import_key: string | null;
  version: Generated<number>;
  query_hash: GeneratedAlways<string>;
  words: GeneratedAlways<string>;
  created_at: CreatedAt;
  updated_at: ColumnType<Date, Date | undefined, Date>;
}
interface PairRevisions {
  organization: string;
  pair_id: string;
  version: number;
  was: Json<Omit<PairRevision, 'version' | 'replaced_by' | 'replaced_at'>>;
  replaced_by: string;
  replaced_at: Time;
}
interface PseudonymSalts {
  organization: string;
  salt: string;
}
interface JudgingProjects {
  id: string;
  organization: string;
  name: string;
  guidelines: string;
  questions: Json<JudgingQuestion[]>;
  judges_per_item: number;
  quota: number | null;
  control_share: number;
  training_round: number;
  reveal_after_vote: boolean;
  status: JudgingStatus;
  created_by: string;
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}
interface JudgingJudges {
  project_id: string;
  organization: string;
  judge: string;
}
interface JudgingItems {
  id: string;
  organization: string;
  project_id: string;
  kind: JudgingItemKind;
  query: string;
  context: string | null;
  responses: Json<{ text: string; model: string | null; score: number | null }[]>;
  known: MaybeJson<{ answers: JudgingAnswers; explanation: string }>;
  source_kind: 'rows' | 'pair' | 'answer' | 'feedback' | 'run';
  source_id: string | null;
  import_key: string;
  wanted: number;
  taken: Generated<number>;
  votes: Generated<number>;
  skips: Generated<number>;
  disagreement: number | null;
  adjudication: MaybeJson<Adjudication>;
  urgency: GeneratedAlways<number>;
  created_at: CreatedAt;
}
interface JudgingAssignments {
  id: string;
  organization: string;
  project_id: string;
  item_id: string;
  judge: string;
  kind: JudgingItemKind;
  shown: number[];
  state: 'held' | 'judged' | 'released';
  held_until: Time;
  created_at: CreatedAt;
}
interface PairJudgements {
  id: string;
  organization: string;
  project_id: string;
  item_id: string;
  judge: string;
  kind: JudgingItemKind;
  shown: number[];
  answers: Json<JudgingAnswers>;
  skip: MaybeJson<Skip>;
  comment: string | null;
  time_spent_ms: number | null;
  revealed: Generated<boolean>;
  created_at: CreatedAt;
}
interface FineTuningJobs {
  id: string;
  organization: string;
  dataset_id: string;
  provider: JobProvider;
  runner: ColumnType<JobRunner, JobRunner | undefined, JobRunner>;
  recipe: JobRecipe;
  base_model: string;
  revision: string | null;
  model_name: string;
  /** The attempt that speaks for the job. */
  job_id: string | null;
  status: JobStatus;
  hyperparameters: Json<Job['hyperparameters']>;
  training_metrics: MaybeJson<Record<string, unknown>>;
  resulting_model_id: string | null;
  progress: Generated<number>;
  stage: string | null;
  seconds_left: number | null;
  latest_metrics: ColumnType<Record<string, number>, string | undefined, string>;
  latest_step: number | null;
  checkpoint_step: number | null;
  resources: MaybeJson<NonNullable<Job['resources']>>;
  max_hours: number | null;
  /** What the attempts before this one took. */
  hours_before: Generated<number>;
  cost_estimate: number | null;
  actual_cost: number | null;
  failure_code: Job['failure_code'];
  /** The last event of its trainer that is stored. */
  last_sequence: Generated<number>;
  /** The server process that reads what its trainer says, and when it last said so itself. */
  attached_by: string | null;
  attached_at: MaybeTime;
  token_hash: string | null;
  judge_samples: MaybeJson<JudgeSamples>;
  judging_project: string | null;
  /** Position of the last event whose sample was taken into judging. */
  samples_taken_to: Generated<number>;
  import_preferences: Generated<boolean>;
  /** Nothing more comes from the job. */
  outputs_taken: Generated<boolean>;
  heartbeat_at: MaybeTime;
  started_at: MaybeTime;
  completed_at: MaybeTime;
  error_message: string | null;
  created_by: string | null;
  created_at: CreatedAt;
}
interface JobEvents {
  position: Generated<number>;
  organization: string;
  job_id: string;
  event: Json<JobEvent>;
}
interface JobArtifacts {
  job_id: string;
  organization: string;
  name: string;
  /** Relative to the run's folder. */
  path: string;
  kind: JobArtifact['kind'];
  sha256: string;
  bytes: number;
}
interface Budgets {
  organization: string;
  /** `2026-03`, in UTC. */
  month: string;
  /** Null lifts the limit of the months before. */
  most: number | null;
}
interface Evaluations {
  id: string;
  organization: string;
  model_id: string;
  data_hash: string;
  excluded_training_queries: number;
  metrics: Json<Metrics>;
  created_at: CreatedAt;
}
interface ModelRegistry {
  id: string;
  organization: string;
  name: string;
  model_id: string;
  base_model: string;
  fine_tuning_job_id: string | null;
  dataset_id: string | null;
  version: string;
  kind: ModelKind;
  status: ModelStatus;
  card: Json<Record<string, unknown>>;
  performance_metrics: Json<Record<string, unknown>>;
  deployment_config: ColumnType<unknown, string | undefined, string>;
  tags: Generated<string[]>;
  artifact_sha256: string | null;
  artifact_bytes: number | null;
  created_at: CreatedAt;
  deployed_at: MaybeTime;
}
interface Ramps {
  position: GeneratedAlways<number>;
  id: string;
  organization: string;
  model_id: string;
  previous_model_id: string | null;
  kind: ColumnType<RampKind, RampKind | undefined, never>;
  state: RampState;
  steps: Json<RampStep[]>;
  step: number;
  reason: string | null;
  step_started_at: Time;
  guards: ColumnType<RampGuard[], string | undefined, string>;
  criteria: ColumnType<Criterion[], string | undefined, string>;
  paused_at: MaybeTime;
  /** Of the present step, before the present pause. */
  paused_seconds: Generated<number>;
  /** People did not come as planned: nothing is decided by itself. */
  held: Generated<boolean>;
  evidence: MaybeJson<RampEvidence>;
  history: ColumnType<RampEvent[], string | undefined, string>;
  /** No replica looks at it before, so that one does at a time. */
  next_check_at: MaybeTime;
  /** Who deployed it although gates refused, and why. */
  gate_override: MaybeJson<{ gates: GateName[]; reason: string; by: string }>;
  created_at: CreatedAt;
  ended_at: MaybeTime;
}
interface GateSettingsRows {
  organization: string;
  settings: Json<GateSettings>;
  updated_at: Time;
}
interface GateMeasurements {
  id: string;
  organization: string;
  /** The registry's id; `model_id` is `name@version`. */
  model: string;
  model_id: string;
  incumbent_model_id: string | null;
  dataset_id: string | null;
  status: GateMeasurement['status'];
  progress: Generated<number>;
  result: MaybeJson<GateFindings>;
  error: string | null;
  requested_by: string;
  created_at: CreatedAt;
  ended_at: MaybeTime;
}
interface ModelNotes {
  id: string;
  organization: string;
  model: string;
  text: string;
  by: string;
  created_at: CreatedAt;
}
interface FinalEvaluations {
  id: string;
  organization: string;
  model: string;
  model_id: string;
  against_model_id: string;
  project_id: string;
  effect: number;
  power: number;
  needed: number;
  pairs: number;
  looked_at: number;
  differing: number;
  created_by: string;
  created_at: CreatedAt;
}
interface Shadows {
  id: string;
  organization: string;
  /** The registry's id; `model_id` is `name@version`. */
  model: string;
  model_id: string;
  status: ShadowStatus;
  reason: ShadowEnd | null;
  share: number;
  answers_per_hour: number;
  max_answers: number;
  until: MaybeTime;
  dropped: Generated<number>;
  project_id: string | null;
  /** Given to judges so far. */
  pairs: Generated<number>;
  /** Nothing that was asked for before is still open. */
  settled_to: Time;
  /** No replica looks after it before, so that one does at a time. */
  next_look_at: MaybeTime;
  started_by: string;
  started_at: Time;
  ended_at: MaybeTime;
}
interface ShadowAnswers {
  shadow_id: string;
  response_id: string;
  organization: string;
  scored_at: Time;
  /** Why it has no scores; the columns below are empty then. */
  error: string | null;
  scores: ColumnType<
    { id: string; shadow: number; live: number | null }[],
    string | undefined,
    string | undefined
  >;
  /** Candidates with different texts. */
  choices: number | null;
  /** Ids of candidates. */
  delivered: string | null;
  preferred: string | null;
  /** What each model gives to the delivered one. */
  shadow_reward: number | null;
  live_reward: number | null;
  live_model: string | null;
  margin: number | null;
  judged: Generated<boolean>;
}
interface AbTestExperiments {
  id: string;
  organization: string;
  name: string;
  control_model_id: string;
  treatment_model_id: string;
  traffic_split: number;
  traffic_from: number;
  traffic_to: number;
  unit: 'user' | 'session';
  status: ExperimentStatus;
  days: number;
  start_date: MaybeTime;
  end_date: MaybeTime;
  success_metrics: Json<Criterion[]>;
  forced: Json<Record<string, 'control' | 'treatment'>>;
  expected_reactions: number;
  results: MaybeJson<ExperimentResults>;
  winner: 'control' | 'treatment' | 'inconclusive' | null;
  reason: string | null;
  /** No replica looks at it before, so that one does at a time. */
  next_look_at: MaybeTime;
  created_by: string | null;
  created_at: CreatedAt;
}
interface ExperimentLooks {
  experiment_id: string;
  at: Time;
  metric: ExperimentMetric;
  difference: Json<ExperimentLook['difference']>;
}
interface Alerts {
  id: string;
  organization: string;
  kind: AlertKind;
  severity: Generated<AlertSeverity>;
  state: 'firing' | 'resolved';
  message: string;
  value: number | null;
  threshold: number | null;
  n: number;
  evidence: ColumnType<AlertEvidence[], string | undefined, string>;
  subject: string;
  reward_model: string | null;
  feedback_id: string | null;
  seen: Generated<number>;
  last_seen_at: MaybeTime;
  acknowledged_by: string | null;
  acknowledged_at: MaybeTime;
  silenced_until: MaybeTime;
  /** Of alerts from before there were channels: whether the webhook took it. */
  delivered: Generated<boolean | null>;
  created_at: CreatedAt;
  resolved_at: MaybeTime;
}
interface AlertRules {
  organization: string;
  kind: AlertKind;
  settings: Json<AlertRuleSettings>;
  updated_by: string;
  updated_at: Time;
}
interface AlertChannels {
  id: string;
  organization: string;
  kind: AlertChannel['kind'];
  name: string;
  paused: Generated<boolean>;
  reports: Generated<boolean>;
  settings: Json<Pick<AlertChannel, 'target' | 'email'>>;
  secrets: string;
  created_at: Time;
}
interface AlertSilences {
  id: string;
  organization: string;
  kind: AlertKind | null;
  subject: string | null;
  reason: string;
  until: Time;
  created_by: string;
  created_at: Time;
  ended_by: string | null;
}
interface AlertDeliveries {
  id: string;
  organization: string;
  alert_id: string;
  channel_id: string | null;
  event: AlertDelivery['event'];
  state: AlertDelivery['state'];
  attempts: Generated<number>;
  error: Generated<string | null>;
  created_at: Time;
  updated_at: Time;
}

interface RetrainingRules {
  id: string;
  organization: string;
  name: string;
  settings: Json<RetrainingSettings>;
  paused: boolean;
  /** Failed runs in a row. */
  failures: Generated<number>;
  /** Next time of the schedule. */
  next_at: MaybeTime;
  last_look: MaybeJson<RetrainingLook>;
  /** Rises with every change: who decides on an older one decides nothing. */
  revision: Generated<number>;
  created_by: string | null;
  created_at: CreatedAt;
  updated_at: Time;
}

interface RetrainingRuns {
  /** Also of its training job. */
  id: string;
  rule_id: string;
  organization: string;
  cause: RetrainingCause;
  /** The rule's, as the run began. */
  settings: Json<RetrainingSettings>;
  step: RetrainingStep;
  dataset_id: string | null;
  model_id: string | null;
  evaluation_id: string | null;
  error_message: string | null;
  /** Null while it is under way. */
  outcome: ColumnType<RetrainingOutcome | null, undefined, RetrainingOutcome>;
  started_at: Time;
  ended_at: MaybeTime;
}

interface RetrainingDecisions {
  id: string;
  rule_id: string;
  organization: string;
  at: Time;
  event: RetrainingEvent;
  by: string | null;
  run_id: string | null;
  look: MaybeJson<RetrainingLook>;
  detail: string | null;
}

interface Outcomes {
  id: string;
  organization: string;
  kind: OutcomeKind;
  value: number;
  response_id: string | null;
  session_id: string | null;
  user_id: string | null;
  occurred_at: Time;
  reported_by: string;
  created_at: Time;
}
interface RollupMarks {
  position: Generated<number>;
  organization: string;
  hour: Time;
}
interface Rollups {
  organization: string;
  span: 'hour' | 'day';
  starts_at: Time;
  metric: string;
  /** '' for none, as of `script`. */
  reward_model: string;
  policy: string;
  script: string;
  n: number;
  total: number;
  squares: number;
  buckets: number[] | null;
}

interface Reports {
  id: string;
  organization: string;
  kind: ReportKind;
  from_at: Time;
  to_at: Time;
  before_at: Time;
  content: Json<ReportContent>;
  actions: Json<ReportAction[]>;
  /** Null for those that the clock made. */
  made_by: string | null;
  created_at: Time;
}
interface ReportActionsDone {
  report_id: string;
  action_id: string;
  organization: string;
  by: string;
  at: Time;
}
interface SelfTests {
  organization: string;
  /** Draws the arms; another one, other arms. */
  salt: string;
  started_at: Time;
  results: MaybeJson<ExperimentResults>;
  looks: ColumnType<SelfTestLook[], string | undefined, string>;
  /** Whether somebody was told that it differs. */
  told: Generated<boolean>;
  /** No replica looks at it before, so that one does at a time. */
  next_look_at: MaybeTime;
}
interface ReportDeliveries {
  id: string;
  organization: string;
  report_id: string;
  channel_id: string;
  state: AlertDelivery['state'];
  error: string | null;
  created_at: Time;
  updated_at: Time;
}

interface DemoLoads {
  organization: string;
  started_at: Time;
  finished_at: MaybeTime;
}

/** Every table, as Kysely knows it. The SQL that makes them stands in `migrations/`. */
export interface Tables {
  organizations: Organizations;
  members: Members;
  sessions: Sessions;
  sign_in_links: SignInLinks;
  api_keys: ApiKeys;
  server_secrets: ServerSecrets;
  audit_log: AuditLog;
  idempotency_keys: IdempotencyKeys;
  conversation_logs: ConversationLogs;
  conversations: Conversations;
  backfills: Backfills;
  serve_replicas: ServeReplicas;
  recorded_answers: RecordedAnswers;
  documents: Documents;
  document_chunks: DocumentChunks;
  rlhf_feedback: RlhfFeedback;
  feedback_history: FeedbackHistory;
  review_index: ReviewIndex;
  review_rankings: ReviewRankings;
  review_reservations: ReviewReservations;
  review_skips: ReviewSkips;
  review_decisions: ReviewDecisions;
  review_changes: ReviewChanges;
  review_views: ReviewViews;
  answer_counters: AnswerCounters;
  daily_answers: DailyAnswers;
  daily_feedback: DailyFeedback;
  version_counters: VersionCountersTable;
  training_datasets: TrainingDatasets;
  dataset_exports: DatasetExports;
  preference_pairs: PreferencePairs;
  pair_revisions: PairRevisions;
  pseudonym_salts: PseudonymSalts;
  judging_projects: JudgingProjects;
  judging_judges: JudgingJudges;
  judging_items: JudgingItems;
  judging_assignments: JudgingAssignments;
  pair_judgements: PairJudgements;
  fine_tuning_jobs: FineTuningJobs;
  job_events: JobEvents;
  job_artifacts: JobArtifacts;
  budgets: Budgets;
  evaluations: Evaluations;
  model_registry: ModelRegistry;
  ramps: Ramps;
  gate_settings: GateSettingsRows;
  gate_measurements: GateMeasurements;
  model_notes: ModelNotes;
  final_evaluations: FinalEvaluations;
  shadows: Shadows;
  shadow_answers: ShadowAnswers;
  ab_test_experiments: AbTestExperiments;
  experiment_looks: ExperimentLooks;
  alerts: Alerts;
  alert_rules: AlertRules;
  alert_channels: AlertChannels;
  alert_silences: AlertSilences;
  alert_deliveries: AlertDeliveries;
  retraining_rules: RetrainingRules;
  retraining_runs: RetrainingRuns;
  retraining_decisions: RetrainingDecisions;
  outcomes: Outcomes;
  rollup_marks: RollupMarks;
  rollups: Rollups;
  reports: Reports;
  report_actions_done: ReportActionsDone;
  report_deliveries: ReportDeliveries;
  self_tests: SelfTests;
  demo_loads: DemoLoads;
}
