import { AttuneError, type ShadowDisagreement } from '@attune/contracts';
import { queryKey } from '@attune/core';
import type { ShipPlatform } from '../ship-platform.ts';
import type { ShadowNeeds } from './shadow-needs.ts';
import {
  claimProject,
  disagreements,
  markJudged,
  type ShadowAnswerRow,
  type ShadowRow,
  updateShadow,
} from './shadow-store.ts';
import { disagreementView } from './shadow-view.ts';

type Sql = ShipPlatform['database']['sql'];
type Needs = Pick<ShadowNeeds, 'answers' | 'judging'>;

/** Rows that are looked at for each pair: a question that was asked often gives one. */
const LOOKED_AT_PER_PAIR = 10;

/** Disagreements with their texts, the clearest first; what is not there any more is left out. */
export async function disagreementsWithTexts(
  { answers }: Pick<Needs, 'answers'>,
  { organization }: Pick<ShadowRow, 'organization'>,
  rows: readonly ShadowAnswerRow[],
): Promise<ShadowDisagreement[]> {
  const found = await answers.byId(
    organization,
    rows.map(({ response_id }) => response_id),
  );
  const byId = new Map(found.map((answer) => [answer.responseId, answer]));
  return rows.flatMap((row) => disagreementView(row, byId.get(row.response_id)) ?? []);
}

/**
 * Brings the clearest disagreements before blind judges, in the shadow's own project; audited.
 * @throws AttuneError `not_enough_data` where there is none that they don't have yet
 */
export async function judgeDisagreements(
  { database, audit }: Pick<ShipPlatform, 'database' | 'audit'>,
  needs: Needs,
  shadow: ShadowRow,
  pairs: number,
  by: string,
): Promise<{ project_id: string; pairs: number }> {
  const { organization, model_id, id } = shadow;
  const rows = await disagreements(database.sql, shadow, {
    unjudged: true,
    limit: pairs * LOOKED_AT_PER_PAIR,
  });
  const asked = byQuestion(await disagreementsWithTexts(needs, shadow, rows)).slice(0, pairs);
  const chosen = asked.flatMap(([clearest]) => clearest ?? []);
  if (chosen.length === 0) {
    const message = `There is no answer in whose place ${model_id} would have delivered something else and that judges don't have yet.`;
    throw new AttuneError('not_enough_data', { message });
  }
  const project = await projectOf(database.sql, needs, shadow);
  await needs.judging.add(organization, project, id, chosen.map(pairOf(shadow)));
  // Only now: were it cut off before, the same pairs would be given again, and stay as they are.
  const given = asked.flat().map(({ response_id }) => response_id);
  return await database.sql.transaction().execute(async (tx) => {
    await markJudged(tx, shadow, given);
    await updateShadow(tx, shadow, { pairs: shadow.pairs + chosen.length });
    const act = { organization, actor: by, action: 'shadow.judged', subject: `model:${model_id}` };
    await audit.record({ ...act, details: { shadow: id, project, pairs: chosen.length } }, tx);
    return { project_id: project, pairs: chosen.length };
  });
}

/** The shadow's project, made by the first who asks. */
async function projectOf(sql: Sql, { judging }: Needs, shadow: ShadowRow): Promise<string> {
  if (shadow.project_id !== null) return shadow.project_id;
  const project = await judging.open(shadow.organization, `Shadow of ${shadow.model_id}`);
  return await claimProject(sql, shadow, project);
}

/** Disagreements on the same question together, the clearest first. */
function byQuestion(all: readonly ShadowDisagreement[]): ShadowDisagreement[][] {
  const keyOf = ({ context, query }: ShadowDisagreement) => queryKey(`${context ?? ''}\n${query}`);
  return [...Map.groupBy(all, keyOf).values()];
}

/** The shadow's choice stands first; judges see both in a drawn order. */
function pairOf({ model_id, pairs }: ShadowRow) {
  return ({ query, context, preferred, delivered }: ShadowDisagreement, index: number) => ({
    step: pairs + index,
    query,
    ...(context !== null && { context }),
    current: { text: preferred.text, model: model_id, score: preferred.shadow },
    before: { text: delivered.text, model: 'delivered', score: delivered.live },
  });
}
