import { AttuneError } from '@attune/contracts';
import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import type { RunRow } from './run-store.ts';

/**
 * Has a run's model score a share of live answers unseen, where its rule says so: whoever is asked sees what it would have
 * chosen. What keeps it from that, as other shadows or a model that scores nothing, is noted and no failure.
 */
export async function shadowStep({ needs, platform }: Learn, run: RunRow, model: string): Promise<void> {
  const { organization, rule_id: id, settings } = run;
  const { shadow_share: share } = settings;
  if (share === null) return;
  const noted = (event: 'shadowed' | 'not_shadowed', detail: string) =>
    note(platform.database.sql, { organization, id }, event, {
      at: platform.clock.now(),
      run: run.id,
      detail,
    });
  try {
    await needs.retraining.shadow(organization, model, share);
  } catch (error) {
    if (!(error instanceof AttuneError) || !isExpected(error)) throw error;
    await noted('not_shadowed', error.message);
    return;
  }
  await noted('shadowed', model);
}

function isExpected({ code }: AttuneError): boolean {
  return code === 'shadow_under_way' || code === 'model_not_deployable';
}
