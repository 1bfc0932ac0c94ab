import type {
  AlertKind,
  Candidate,
  ChatMessage,
  DatasetStatus,
  DatasetType,
  ExportFormat,
  FeedbackSource,
  FeedbackStatus,
  FeedbackType,
  JobEvent,
  JobStatus,
  Metrics,
  ModelKind,
  ModelStatus,
  PairMethod,
  RampState,
  RampStep,
  RewardHyperparameters,
  Role,
  Room,
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
  /** Who gave it, for one feedback per person and answer, rate limits and caps. */
  person: string;
  query: string;
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
}
interface FeedbackHistory {
  id: string;
  organization: string;
  feedback_id: string;
  was: JSONColumnType<Record<string, unknown>>;
  replaced_at: CreatedAt;
}
interface AnswerCounters {
  organization: string;
  reward_model: string;
  answers: Generated<number>;
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
  created_at: CreatedAt;
  updated_at: Generated<Date>;
}
interface DatasetExports {
  organization: string;
  dataset_id: string;
  sha256: string;
  format: ExportFormat;
  file_name: string;
  rows: number;
  created_at: CreatedAt;
}
interface PreferencePairs {
  id: string;
  organization: string;
  dataset_id: string | null;
  query: string;
  chosen_response: string;
  rejected_response: string;
  preference_strength: number;
  context_documents: Generated<unknown>;
  annotator_email: string | null;
  annotation_notes: string | null;
  method: PairMethod;
  source_feedback_ids: string[];
  import_key: string | null;
  created_at: CreatedAt;
}
interface FineTuningJobs {
  id: string;
  organization: string;
  dataset_id: string;
  provider: string;
  base_model: string;
  model_name: string;
  job_id: string | null;
  status: JobStatus;
  hyperparameters: Json<RewardHyperparameters>;
  training_metrics: MaybeJson<Record<string, unknown>>;
  resulting_model_id: string | null;
  progress: Generated<number>;
  cost_estimate: number | null;
  actual_cost: number | null;
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
  deployment_config: Generated<unknown>;
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
  state: RampState;
  steps: Json<RampStep[]>;
  step: number;
  reason: string | null;
  step_started_at: Time;
  /** No replica looks at it before, so that one does at a time. */
  next_check_at: MaybeTime;
  created_at: CreatedAt;
  ended_at: MaybeTime;
}
interface Alerts {
  id: string;
  organization: string;
  kind: AlertKind;
  state: 'firing' | 'resolved';
  message: string;
  value: number | null;
  threshold: number | null;
  n: number;
  reward_model: string | null;
  feedback_id: string | null;
  acknowledged_by: string | null;
  delivered: boolean | null;
  created_at: CreatedAt;
  resolved_at: MaybeTime;
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
  serve_replicas: ServeReplicas;
  recorded_answers: RecordedAnswers;
  documents: Documents;
  document_chunks: DocumentChunks;
  rlhf_feedback: RlhfFeedback;
  feedback_history: FeedbackHistory;
  answer_counters: AnswerCounters;
  version_counters: VersionCountersTable;
  training_datasets: TrainingDatasets;
  dataset_exports: DatasetExports;
  preference_pairs: PreferencePairs;
  fine_tuning_jobs: FineTuningJobs;
  job_events: JobEvents;
  evaluations: Evaluations;
  model_registry: ModelRegistry;
  ramps: Ramps;
  alerts: Alerts;
}
