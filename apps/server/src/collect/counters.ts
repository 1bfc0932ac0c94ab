import type { VersionSums } from '@attune/contracts';
import { recentTrend } from '@attune/core';
import { type CounterRow, counterRows } from './store/counters.ts';
import type { Sql } from './store/feedback-row.ts';

interface AnswerCount {
  readonly rewardModel: string | null;
  readonly answers: number;
  /** When it last answered. */
  readonly answeredAt: Date | null;
}

/** How many answers each version has given; serving counts them. */
export type AnswerCounts = (organization: string) => Promise<readonly AnswerCount[]>;

const TREND_WINDOW = 50;

/** The live counters of every version that has answered or been rated. */
export async function versionCounters(
  sql: Sql,
  answerCounts: AnswerCounts,
  organization: string,
): Promise<VersionSums[]> {
  const [counts, rows] = await Promise.all([
    answerCounts(organization),
    counterRows(sql, organization, 2 * TREND_WINDOW),
  ]);
  const answers = new Map(counts.map((count) => [count.rewardModel ?? '', count]));
  const rated = new Map(rows.map((row) => [row.reward_model, row]));
  const versions = [...new Set([...answers.keys(), ...rated.keys()])].sort();
  return versions.map((version) => toCounters(version, answers.get(version), rated.get(version)));
}

function toCounters(
  version: string,
  count: AnswerCount | undefined,
  row: CounterRow | undefined,
): VersionSums {
  const ratings = row?.ratings ?? 0;
  return {
    reward_model: version === '' ? null : version,
    answers: count?.answers ?? 0,
    last_answer_at: count?.answeredAt?.toISOString() ?? null,
    feedback: row?.feedback ?? 0,
    ratings,
    average_rating: row === undefined || ratings === 0 ? null : row.rating_sum / ratings,
    distribution: row?.distribution ?? [0, 0, 0, 0, 0],
    thumbs_up: row?.thumbs_up ?? 0,
    thumbs_down: row?.thumbs_down ?? 0,
    corrections: row?.corrections ?? 0,
    trend: recentTrend(row?.recent.toReversed() ?? [], TREND_WINDOW)?.value ?? null,
  };
}
