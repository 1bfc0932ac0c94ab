import type { DistributionMetric, SeriesMetric } from '@attune/contracts';

export const sections = ['traffic', 'people', 'speed', 'reward', 'team', 'outcomes'] as const;
export type Section = (typeof sections)[number];

/** What each section draws, one panel a metric. */
export const panels: Readonly<Record<Section, readonly SeriesMetric[]>> = {
  traffic: ['answers', 'feedback', 'coverage', 'tokens'],
  people: ['satisfaction', 'rating', 'corrections', 'safety_reports'],
  speed: ['latency_p50', 'latency_p95', 'error_rate', 'degraded'],
  reward: ['reward', 'over_threshold', 'label_accuracy', 'reward_drift', 'length_correlation'],
  team: ['reviews', 'judgements', 'training_cost', 'training_hours'],
  outcomes: ['ticket_deflected', 'resolution_seconds', 'adopted', 'converted', 'return_visit', 'cost'],
};

/** How what is spread: drawn at the end of a section. */
export const distributions: Readonly<Partial<Record<Section, DistributionMetric>>> = {
  people: 'rating',
  speed: 'latency',
  reward: 'reward',
};
