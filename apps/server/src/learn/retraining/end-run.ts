import type { Evaluation } from '@attune/contracts';
import { storable } from '../../platform/db/storable.ts';
import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import { changeRule, findRule } from './rule-store.ts';
import { changeRun, type RunRow } from './run-store.ts';
import { shadowStep } from './shadow-step.ts';
import { reasonOf } from './step-failure.ts';

/** Failed runs in a row after which a rule pauses itself. */
const MOST_FAILURES = 3;

/** Ends a run whose model waits in the registry, after people were asked: its gates are measured for them. */
export async function endFinished(
  learn: Learn,
  run: RunRow,
  model: string,
  evaluation: Evaluation | null,
): Promise<void> {
  const { database, clock } = learn.platform;
  const { organization, rule_id: id } = run;
  await learn.needs.retraining.measureGates(organization, model);
  await shadowStep(learn, run, model);
  await learn.needs.retraining.tell({
    organization,
    kind: 'model_ready',
    model,
    message: `Retraining made ${model}: ${resultText(evaluation)}. It waits as \`testing\` for somebody to deploy it.`,
  });
  const at = clock.now();
  await database.sql.transaction().execute(async (tx) => {
    const evaluation_id = evaluation?.id ?? null;
    const ended = await changeRun(tx, run, { ended_at: at, outcome: 'finished', evaluation_id });
    if (ended === undefined) return;
    await changeRule(tx, { organization, id }, { failures: 0 });
    await note(tx, { organization, id }, 'finished', { at, run: run.id, detail: resultText(evaluation) });
  });
}

/** Ends a run that trained nothing better than what it began with: nothing failed, and there is nothing to ask. */
export async function endNotBetter(learn: Learn, run: RunRow): Promise<void> {
  const { database, clock } = learn.platform;
  const { organization, rule_id: id } = run;
  const at = clock.now();
  await database.sql.transaction().execute(async (tx) => {
    if ((await changeRun(tx, run, { ended_at: at, outcome: 'not_better' })) === undefined) return;
    await changeRule(tx, { organization, id }, { failures: 0 });
    await note(tx, { organization, id }, 'not_better', { at, run: run.id });
  });
}

/** Ends a run that failed. Nothing is tried before the rule's next trigger; after the third failure it pauses. */
export async function endFailed(learn: Learn, run: RunRow, error: unknown): Promise<void> {
  const { database, clock, log } = learn.platform;
  const { organization, rule_id: id } = run;
  const reason = storable(reasonOf(error));
  log.warn({ err: error, organization, run: run.id, step: run.step }, 'a retraining run failed');
  const rule = await findRule(database.sql, { organization, id });
  if (rule === undefined) return;
  const failures = rule.failures + 1;
  const gaveUp = failures >= MOST_FAILURES && !rule.paused;
  if (gaveUp) {
    const message = `The retraining rule "${rule.name}" failed ${failures} times and is paused: ${reason}`;
    const model = rule.settings.training.model_name;
    await learn.needs.retraining.tell({ organization, kind: 'retraining_paused', model, message });
  }
  const at = clock.now();
  await database.sql.transaction().execute(async (tx) => {
    const failed = { ended_at: at, outcome: 'failed', error_message: reason } as const;
    if ((await changeRun(tx, run, failed)) === undefined) return;
    await changeRule(tx, rule, { failures, ...(gaveUp ? { paused: true } : {}) });
    await note(tx, rule, 'failed', { at, run: run.id, detail: `${run.step}: ${reason}` });
    if (gaveUp) await note(tx, rule, 'gave_up', { at, run: run.id });
  });
}

function resultText(evaluation: Evaluation | null): string {
  const measured = evaluation?.metrics.pair_accuracy ?? evaluation?.metrics.accuracy ?? null;
  if (measured?.value == null) return 'nothing was measured';
  const name = evaluation?.metrics.pair_accuracy === null ? 'accuracy' : 'pair accuracy';
  const [low, high] = measured.ci.map((bound) => bound?.toFixed(3) ?? '?');
  return `${name} ${measured.value.toFixed(3)} (${low} to ${high}, n = ${measured.n})`;
}
