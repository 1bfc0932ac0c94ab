import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../platform/log.ts';
import { BoundedLabel } from './bounded-label.ts';
import type { AnsweredQuestion, GivenFeedback } from './observers.ts';

/** Figures that are read when somebody scrapes, not kept here. */
export interface Scraped {
  ratingTotals(): Promise<{ rewardModel: string | null; ratings: number; ratingSum: number }[]>;
  firingAlerts(): Promise<{ kind: string; count: number }[]>;
  /** Waiting jobs by queue. */
  queueDepths(): Promise<Record<string, number>>;
}

/** The metrics of this process, for Prometheus. */
export interface Metrics {
  answered(answer: AnsweredQuestion): void;
  feedbackGiven(feedback: GivenFeedback): void;
  rolledBack(): void;
  /** Prometheus text format. Figures whose source is away are left out. */
  text(): Promise<string>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];
const MODELS = 100;

/** Opens the metrics, the process's own among them. */
export function openMetrics(scraped: Scraped, log: Log): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const model = new BoundedLabel(MODELS);
  const observe = { ...answerMetrics(registry, model), ...feedbackMetrics(registry, model) };
  const refresh = scrapedMetrics(registry, model, scraped, log);
  return {
    ...observe,
    text: async () => {
      await Promise.all(refresh.map((one) => one()));
      return registry.metrics();
    },
  };
}

function answerMetrics(registry: Registry, model: BoundedLabel): Pick<Metrics, 'answered' | 'rolledBack'> {
  const registers = [registry];
  const policy = new BoundedLabel(MODELS);
  const answers = new Counter({
    name: 'attune_answers_total',
    help: 'Answers by how they ended.',
    labelNames: ['status', 'reward_model', 'policy'],
    registers,
  });
  const degraded = new Counter({
    name: 'attune_answers_degraded_total',
    help: 'Answers given without a part that should have taken part, as when scoring was away.',
    registers,
  });
  const latency = new Histogram({
    name: 'attune_answer_duration_seconds',
    help: 'Time from question to the end of the answer.',
    labelNames: ['status'],
    buckets: SECONDS,
    registers,
  });
  const scoring = new Histogram({
    name: 'attune_scoring_duration_seconds',
    help: 'Time the candidates of an answer took to score.',
    buckets: SECONDS,
    registers,
  });
  const candidates = new Histogram({
    name: 'attune_answer_candidates',
    help: 'Candidates an answer was chosen from.',
    buckets: [0, 1, 2, 3, 4, 5, 6, 8],
    registers,
  });
  const rollbacks = new Counter({
    name: 'attune_rollbacks_total',
    help: 'Models that traffic was taken from again.',
    registers,
  });
  return {
    answered: (answer) => {
      answers.inc({
        status: answer.status,
        reward_model: model.of(answer.rewardModel),
        policy: policy.of(answer.policy),
      });
      latency.observe({ status: answer.status }, answer.latencyMs / 1000);
      candidates.observe(answer.candidates);
      if (answer.scoringMs !== null) scoring.observe(answer.scoringMs / 1000);
      if (answer.degraded) degraded.inc();
    },
    rolledBack: () => rollbacks.inc(),
  };
}

function feedbackMetrics(registry: Registry, model: BoundedLabel): Pick<Metrics, 'feedbackGiven'> {
  const registers = [registry];
  const feedback = new Counter({
    name: 'attune_feedback_total',
    help: 'Feedback given, by type; a changed mind counts as `replaced`.',
    labelNames: ['type', 'source', 'reward_model', 'replaced'],
    registers,
  });
  return {
    feedbackGiven: ({ type, source, rewardModel, isNew }) =>
      feedback.inc({ type, source, reward_model: model.of(rewardModel), replaced: String(!isNew) }),
  };
}

function scrapedMetrics(
  registry: Registry,
  model: BoundedLabel,
  scraped: Scraped,
  log: Log,
): (() => Promise<void>)[] {
  const registers = [registry];
  const gauge = (name: string, help: string, label: string) =>
    new Gauge({ name, help, labelNames: [label], registers });
  const average = gauge('attune_average_rating', 'Average of all star ratings, 1 to 5.', 'reward_model');
  const ratings = gauge('attune_ratings', 'Star ratings.', 'reward_model');
  const alerts = gauge('attune_alerts_firing', 'Alerts that are firing.', 'kind');
  const queues = gauge('attune_queue_depth', 'Jobs waiting in a queue.', 'queue');
  const refreshed = (gauges: Gauge[], read: () => Promise<void>) => async () => {
    for (const one of gauges) one.reset();
    await read().catch((error: unknown) => log.warn({ err: error }, 'a figure of /metrics cannot be read'));
  };
  return [
    refreshed([average, ratings], async () => {
      for (const [label, total] of byLabel(model, await scraped.ratingTotals())) {
        ratings.set({ reward_model: label }, total.ratings);
        if (total.ratings > 0) average.set({ reward_model: label }, total.ratingSum / total.ratings);
      }
    }),
    refreshed([alerts], async () => {
      for (const { kind, count } of await scraped.firingAlerts()) alerts.set({ kind }, count);
    }),
    refreshed([queues], async () => {
      for (const [queue, depth] of Object.entries(await scraped.queueDepths())) queues.set({ queue }, depth);
    }),
  ];
}

type Totals = Map<string, { ratings: number; ratingSum: number }>;

function byLabel(model: BoundedLabel, rows: Awaited<ReturnType<Scraped['ratingTotals']>>): Totals {
  const totals: Totals = new Map();
  for (const { rewardModel, ratings, ratingSum } of rows) {
    const label = model.of(rewardModel);
    const sum = totals.get(label) ?? { ratings: 0, ratingSum: 0 };
    totals.set(label, { ratings: sum.ratings + ratings, ratingSum: sum.ratingSum + ratingSum });
  }
  return totals;
}
