import type { ReportChange, ReportMetric } from '@attune/contracts';
import { judgeChange, type PeriodChange, ratioChange, shareChange } from '@attune/core';
import { shown } from '../shown-estimate.ts';
import type { AnswerFigures, FeedbackFigures } from './report-sources.ts';

/** All figures of one period. */
export interface PeriodFigures {
  readonly answers: AnswerFigures;
  readonly feedback: FeedbackFigures;
  /** Delivered answers by day, and those that somebody reacted to. */
  readonly coverage: { readonly successes: number; readonly n: number };
}

const share = [0, 1] as const;

/** Every metric of a period beside the one before. */
export function changesOf(now: PeriodFigures, before: PeriodFigures): ReportChange[] {
  const said = (metric: 'satisfaction' | 'rating' | 'thumbs' | 'harm', range: readonly [number, number]) =>
    ratioChange(now.feedback[metric], before.feedback[metric], range);
  const seen = (metric: 'latency' | 'errorRate' | 'tokensEach' | 'retries', range?: typeof share) =>
    ratioChange(now.answers[metric], before.answers[metric], range);
  return [
    toldAs('satisfaction', said('satisfaction', share), 'higher'),
    toldAs('rating', said('rating', [1, 5]), 'higher'),
    toldAs('thumbs', said('thumbs', share), 'higher'),
    toldAs('coverage', shareChange(now.coverage, before.coverage), 'higher', 'answers'),
    toldAs('harm', said('harm', share), 'lower'),
    toldAs('latency', seen('latency'), 'lower'),
    toldAs('error_rate', seen('errorRate', share), 'lower'),
    toldAs('retries', seen('retries', share), 'lower'),
    toldAs('tokens', seen('tokensEach'), null),
  ];
}

function toldAs(
  metric: ReportMetric,
  change: PeriodChange,
  goodWhen: 'higher' | 'lower' | null,
  unit: ReportChange['unit'] = 'people',
): ReportChange {
  return {
    metric,
    unit,
    now: shown(change.now),
    before: shown(change.before),
    change: shown(change.change),
    verdict: judgeChange(change, goodWhen),
  };
}
