import { AttuneError } from '@attune/contracts';
import { newId } from '../../platform/ids.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { insertShadow, lockShadows, runningShadows, type ShadowRow } from './shadow-store.ts';

/** Each is one more model in every scoring thread, which keeps few. */
const MOST_AT_ONCE = 3;

/** How much a shadow scores, and until when. */
export interface ShadowPlan {
  readonly share: number;
  readonly answers_per_hour: number;
  readonly max_answers: number;
  readonly until?: string | undefined;
}

/**
 * Has a reward model score a sample of live traffic from now on; audited.
 * @throws AttuneError `model_not_deployable` for what does not score, `shadow_under_way`, `invalid_request`
 */
export async function startShadow(
  { database, clock, audit }: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  model: ModelRow,
  plan: ShadowPlan,
  by: string,
): Promise<ShadowRow> {
  const { organization, model_id } = model;
  assertScores(model);
  const now = clock.now();
  const until = plan.until === undefined ? null : new Date(plan.until);
  if (until !== null && until <= now) {
    throw new AttuneError('invalid_request', { param: 'until', message: '`until` lies in the past.' });
  }
  const { share, answers_per_hour, max_answers } = plan;
  return await database.sql.transaction().execute(async (tx) => {
    await lockShadows(tx, organization);
    assertRoom(await runningShadows(tx, organization), model);
    const details = { share, answers_per_hour, max_answers, until: plan.until ?? null };
    const act = { organization, actor: by, action: 'shadow.started', subject: `model:${model_id}` };
    await audit.record({ ...act, details }, tx);
    return await insertShadow(tx, {
      id: newId(),
      organization,
      model: model.id,
      model_id,
      status: 'running',
      share,
      answers_per_hour,
      max_answers,
      until,
      settled_to: now,
      started_by: by,
      started_at: now,
    });
  });
}

function assertScores({ model_id, kind, artifact_sha256, status }: ModelRow): void {
  if (status === 'archived') {
    throw new AttuneError('model_not_deployable', { message: `${model_id} is archived.` });
  }
  if (kind !== 'reward' || artifact_sha256 === null) {
    throw new AttuneError('model_not_deployable', { message: `${model_id} does not score answers.` });
  }
}

function assertRoom(running: readonly ShadowRow[], { id, model_id }: ModelRow): void {
  if (running.some(({ model }) => model === id)) {
    throw new AttuneError('shadow_under_way', { message: `${model_id} shadows live traffic already.` });
  }
  if (running.length >= MOST_AT_ONCE) {
    const names = running.map((one) => one.model_id).join(', ');
    throw new AttuneError('shadow_under_way', {
      message: `${MOST_AT_ONCE} models shadow live traffic already, which is the most: ${names}.`,
    });
  }
}
