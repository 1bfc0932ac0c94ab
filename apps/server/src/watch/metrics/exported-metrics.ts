/** What one of the exported metrics is. */
export interface ExportedMetric {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Every metric of Attune's own under GET /metrics, by name. docs/metrics.md shows this table. */
export const exportedMetrics = {
  attune_answers_total: {
    type: 'counter',
    help: 'Answers by how they ended.',
    labels: ['status', 'reward_model', 'policy'],
  },
  attune_answer_duration_seconds: {
    type: 'histogram',
    help: 'Time from question to the end of the answer.',
    labels: ['status'],
    buckets: SECONDS,
  },
  attune_answer_errors_total: {
    type: 'counter',
    help: 'Answers that failed or were declined, by the code of the error.',
    labels: ['code'],
  },
  attune_answers_degraded_total: {
    type: 'counter',
    help: 'Answers delivered without a part that should have taken part, by what was missing.',
    labels: ['reason'],
  },
  attune_answers_unpassed_total: {
    type: 'counter',
    help: 'Answers delivered although no candidate passed the checks and the threshold.',
    labels: ['reward_model'],
  },
  attune_answer_candidates: {
    type: 'histogram',
    help: 'Candidates an answer was chosen from.',
    labels: [],
    buckets: [0, 1, 2, 3, 4, 5, 6, 8],
  },
  attune_generation_duration_seconds: {
    type: 'histogram',
    help: 'Time one candidate took to write.',
    labels: ['policy', 'outcome'],
    buckets: SECONDS,
  },
  attune_candidate_errors_total: {
    type: 'counter',
    help: 'Candidates that could not be written, by the code of the error.',
    labels: ['policy', 'code'],
  },
  attune_tokens_total: {
    type: 'counter',
    help: 'Tokens of all candidates, as the upstream counts them.',
    labels: ['policy', 'direction'],
  },
  attune_answer_cost_total: {
    type: 'counter',
    help: 'What these tokens cost, for policies that ATTUNE_UPSTREAM_PRICES names.',
    labels: ['policy'],
  },
  attune_scoring_duration_seconds: {
    type: 'histogram',
    help: 'Time the candidates of an answer took to score.',
    labels: ['reward_model'],
    buckets: SECONDS,
  },
  attune_reward_score: {
    type: 'histogram',
    help: 'Reward of delivered answers, 0 to 1.',
    labels: ['reward_model'],
    buckets: TENTHS,
  },
  attune_scores_total: {
    type: 'counter',
    help: 'Scores by origin: remembered in memory or by another replica (shared), or made by a thread.',
    labels: ['origin'],
  },
  attune_scoring_waiting: {
    type: 'gauge',
    help: 'Texts that wait for a scoring thread.',
    labels: [],
  },
  attune_feedback_total: {
    type: 'counter',
    help: 'Feedback given, by type; a changed mind counts as `replaced`.',
    labels: ['type', 'source', 'reward_model', 'replaced'],
  },
  attune_rating_stars: {
    type: 'histogram',
    help: 'Star ratings as they are given, 1 to 5.',
    labels: ['reward_model'],
    buckets: [1, 2, 3, 4, 5],
  },
  attune_ratings: {
    type: 'gauge',
    help: 'Star ratings that are stored.',
    labels: ['reward_model'],
  },
  attune_average_rating: {
    type: 'gauge',
    help: 'Average of all star ratings that are stored, 1 to 5.',
    labels: ['reward_model'],
  },
  attune_rollbacks_total: {
    type: 'counter',
    help: 'Models that traffic was taken from again.',
    labels: [],
  },
  attune_alerts_firing: { type: 'gauge', help: 'Alerts that are firing.', labels: ['kind'] },
  attune_queue_depth: { type: 'gauge', help: 'Jobs waiting in a queue.', labels: ['queue'] },
  attune_training_cost: {
    type: 'gauge',
    help: 'What all runs of the trainer that ended have cost.',
    labels: [],
  },
} as const satisfies Record<string, ExportedMetric>;

type Table = typeof exportedMetrics;

/** Names of the metrics of a type. */
export type MetricName<Type extends ExportedMetric['type']> = {
  [Name in keyof Table]: Table[Name]['type'] extends Type ? Name : never;
}[keyof Table];

/** Names of a metric's labels. */
export type LabelOf<Name extends keyof Table> = Table[Name]['labels'][number];
