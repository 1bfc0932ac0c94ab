import type { Registry } from 'prom-client';
import type { Log } from '../../platform/log.ts';
import type { BoundedLabel } from '../bounded-label.ts';
import { counter, gauge } from './instruments.ts';

/** How busy the scoring threads are, and where scores came from since the start. */
export interface ScoringLoad {
  readonly waiting: number;
  readonly origins: { readonly memory: number; readonly shared: number; readonly made: number };
}

/** Figures that are read when somebody scrapes, not kept here. */
export interface Scraped {
  ratingTotals(): Promise<{ rewardModel: string | null; ratings: number; ratingSum: number }[]>;
  firingAlerts(): Promise<{ kind: string; count: number }[]>;
  /** Waiting jobs by queue. */
  queueDepths(): Promise<Record<string, number>>;
  scoringLoad(): ScoringLoad;
  /** What all runs of the trainer have cost. */
  trainingCost(): Promise<number>;
}

/** Anything that can forget what it said before. */
interface Resettable {
  reset(): void;
}

/** Registers the figures; each of the results reads some anew. Those whose source is away are left out. */
export function scrapedMetrics(
  registry: Registry,
  model: BoundedLabel,
  scraped: Scraped,
  log: Log,
): (() => Promise<void>)[] {
  const refreshed = (metrics: readonly Resettable[], read: () => Promise<void>) => async () => {
    for (const metric of metrics) metric.reset();
    await read().catch((error: unknown) => log.warn({ err: error }, 'a figure of /metrics cannot be read'));
  };
  const average = gauge(registry, 'attune_average_rating');
  const ratings = gauge(registry, 'attune_ratings');
  const alerts = gauge(registry, 'attune_alerts_firing');
  const queues = gauge(registry, 'attune_queue_depth');
  const cost = gauge(registry, 'attune_training_cost');
  const scores = counter(registry, 'attune_scores_total');
  const waiting = gauge(registry, 'attune_scoring_waiting');
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
    // Reset, a figure without labels says 0; removed, it says nothing.
    refreshed([{ reset: () => cost.remove() }], async () => cost.set(await scraped.trainingCost())),
    refreshed([scores], async () => {
      const load = scraped.scoringLoad();
      waiting.set(load.waiting);
      for (const [origin, count] of Object.entries(load.origins)) scores.inc({ origin }, count);
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
