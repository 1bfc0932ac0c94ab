import type { VersionCounters } from '@attune/contracts';
import { recentTrend } from '@attune/core';
import { type CounterRow, counterRows } from './store/counters.ts';
import type { Sql } from './store/feedback-row.ts';

/** How many answers each version has given; serving counts them. */
export type AnswerCounts = (
  organization: string,
) => Promise<readonly { rewardModel: string | null; answers: number }[]>;

const TREND_WINDOW = 50;

/** The live counters of every version that has answered or been rated. */
export async function versionCounters(
  sql: Sql,
  answerCounts: AnswerCounts,
  organization: string,
): Promise<VersionCounters[]> {
  const [counts, rows] = await Promise.all([
    answerCounts(organization),
    counterRows(sql, organization, 2 * TREND_WINDOW),
  ]);
  const answers = new Map(counts.map((count) => [count.rewardModel ?? '', count.answers]));
  const rated = new Map(rows.map((row) => [row.reward_model, row]));
  const versions = [...new Set([...answers.keys(), ...rated.keys()])].sort();
  return versions.map((version) => toCounters(version, answers.get(version) ?? 0, rated.get(version)));
}

function toCounters(version: string, answers: number, row: CounterRow | undefined): VersionCounters {
  const ratings = row?.ratings ?? 0;
  return {
    reward_model: version === '' ? null : version,
    answers,
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
