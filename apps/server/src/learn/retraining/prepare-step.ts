import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import { changeRun, type RunRow } from './run-store.ts';

/** Freezes the run's data set, unless an earlier try has: its name has the run in it. */
export async function prepareStep({ needs, platform }: Learn, run: RunRow): Promise<RunRow | undefined> {
  const { preparation, evaluation_set } = run.settings;
  const name = `retraining-${run.started_at.toISOString().slice(0, 10)}-${run.id.slice(-8)}`;
  const dataset =
    (await needs.datasets.snapshot(run.organization, name)) ??
    (await needs.retraining.prepare(run.organization, {
      ...preparation,
      name,
      ...(evaluation_set === null ? {} : { keep_out: evaluation_set }),
    }));
  const at = platform.clock.now();
  return await platform.database.sql.transaction().execute(async (tx) => {
    const changed = await changeRun(tx, run, { step: 'train', dataset_id: dataset.id });
    if (changed !== undefined) {
      const rule = { organization: run.organization, id: run.rule_id };
      await note(tx, rule, 'prepared', { at, run: run.id, detail: dataset.name });
    }
    return changed;
  });
}
