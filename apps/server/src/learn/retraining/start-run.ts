import { AttuneError, type RetrainingCause, type RetrainingLook } from '@attune/contracts';
import { isOverLimit } from '@attune/core';
import { storableJson } from '../../platform/db/storable.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { newId } from '../../platform/ids.ts';
import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import { costOf } from './look.ts';
import { RETRAIN } from './retrain-queue.ts';
import { changeIfUnchanged, changeRule, type RuleRow } from './rule-store.ts';
import { insertRun, type RunRow } from './run-store.ts';
import { nextTime } from './schedule.ts';

/** Why a run begins. */
interface Beginning {
  readonly cause: RetrainingCause;
  /** Who began it, where a person did. */
  readonly by: string | null;
  readonly look?: RetrainingLook;
}

/**
 * Begins a run and hands it to a worker; undefined when one of the rule is under way, or the rule that decided it has
 * changed since it was read: of several replicas one begins it.
 */
export async function startRun(
  learn: Learn,
  rule: RuleRow,
  { cause, by, look }: Beginning,
): Promise<RunRow | undefined> {
  const { clock, database, queue } = learn.platform;
  const now = clock.now();
  const { organization, id: rule_id } = rule;
  const settings = storableJson(rule.settings);
  const run = await database.sql.transaction().execute(async (tx) => {
    const next_at = nextTime(rule.settings.trigger, now);
    const last_look = look === undefined ? {} : { last_look: storableJson(look) };
    // What the rule decides, it decides on what it saw; a person decides whatever it sees meanwhile.
    const claim = by === null ? changeIfUnchanged : changeRule;
    if ((await claim(tx, rule, { next_at, ...last_look })) === undefined) return undefined;
    const row = {
      id: newId(),
      rule_id,
      organization,
      cause,
      settings,
      step: 'prepare',
      started_at: now,
    } as const;
    const begun = await insertRun(tx, row);
    if (begun === undefined) return undefined;
    await note(tx, rule, 'started', { at: now, by, run: begun.id, ...(look === undefined ? {} : { look }) });
    return begun;
  });
  if (run !== undefined) await queue.send(RETRAIN, { organization, run: run.id }, { key: run.id });
  return run;
}

/**
 * Begins a run by hand, whatever the trigger says.
 * @throws AttuneError `retraining_running`, `budget_exceeded`
 */
export async function startByHand(learn: Learn, caller: Caller, rule: RuleRow): Promise<void> {
  const costs = await costOf(learn, rule, learn.platform.clock.now());
  const { monthly_cost } = rule.settings.limits;
  if (isOverLimit({ monthlyCost: monthly_cost }, costs)) {
    throw new AttuneError('budget_exceeded', {
      message: "The run could cross the rule's limit of this month.",
    });
  }
  const run = await startRun(learn, rule, { cause: 'hand', by: caller.email ?? caller.name });
  if (run === undefined) throw new AttuneError('retraining_running');
}
