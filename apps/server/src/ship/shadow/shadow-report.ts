import type { ShadowReport } from '@attune/contracts';
import { FEWEST_SHADOWED, type ShadowedAnswer, type ShadowLabel, shadowStatistics } from '@attune/core';
import type { ShipPlatform } from '../ship-platform.ts';
import { finite, shown } from '../shown-estimate.ts';
import type { LabelOfAnswer, ShadowNeeds } from './shadow-needs.ts';
import { type ShadowAnswerRow, type ShadowRow, scoredAnswers } from './shadow-store.ts';

type Needs = Pick<ShadowNeeds, 'labels' | 'judging'>;

/** What a shadow shows so far. */
export async function shadowReport(
  sql: ShipPlatform['database']['sql'],
  needs: Needs,
  shadow: ShadowRow,
): Promise<ShadowReport> {
  const rows = await scoredAnswers(sql, shadow);
  const labels = await labelsByAnswer(needs, shadow.organization, rows);
  const answers = rows.map((row) => shadowedAnswer(row, labels.get(row.response_id) ?? []));
  const found = shadowStatistics(answers);
  return {
    fewest: FEWEST_SHADOWED,
    agreement: shown(found.agreement),
    by_chance: finite(found.byChance),
    would_have_won: shown(found.wouldHaveWon),
    wins: found.wins,
    losses: found.losses,
    ties: found.ties,
    replaced_disliked: shown(found.replacedDisliked),
    replaced_liked: shown(found.replacedLiked),
    replaced_difference: shown(found.replacedDifference),
    correlation: shown(found.correlation),
    difference: shown(found.difference),
    histograms: found.histograms,
    against: againstWhom(rows),
    disagreements: answers.filter(({ agrees }) => !agrees).length,
    judged: await judgedBy(needs, shadow),
  };
}

async function labelsByAnswer(
  { labels }: Needs,
  organization: string,
  rows: readonly ShadowAnswerRow[],
): Promise<Map<string, ShadowLabel[]>> {
  const ids = rows.map(({ response_id }) => response_id);
  const given = Map.groupBy(await labels(organization, ids), ({ responseId }) => responseId);
  return new Map([...given].map(([id, all]) => [id, all.flatMap((label) => toLabel(label) ?? [])]));
}

function toLabel({ positive, chosen, rejected }: LabelOfAnswer): ShadowLabel | null {
  if (chosen !== null && rejected !== null) return { chosen, rejected };
  return positive === null ? null : { positive };
}

function shadowedAnswer(row: ShadowAnswerRow, labels: readonly ShadowLabel[]): ShadowedAnswer {
  return {
    choices: row.choices ?? 1,
    agrees: (row.margin ?? 0) <= 0,
    shadow: row.shadow_reward ?? Number.NaN,
    live: row.live_reward,
    candidates: row.scores,
    labels,
  };
}

function againstWhom(rows: readonly ShadowAnswerRow[]): ShadowReport['against'] {
  const models = Map.groupBy(rows, ({ live_model }) => live_model);
  return [...models]
    .map(([model_id, { length }]) => ({ model_id, answers: length }))
    .sort((a, b) => b.answers - a.answers);
}

async function judgedBy(
  { judging }: Needs,
  { organization, id, project_id }: ShadowRow,
): Promise<ShadowReport['judged']> {
  if (project_id === null) return null;
  return { project_id, ...(await judging.standing(organization, id)) };
}
