import type { RetrainingVerdict } from '@attune/contracts';
import { storableJson } from '../../platform/db/storable.ts';
import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import { type Looked, lookAt } from './look.ts';
import { RETRAIN } from './retrain-queue.ts';
import { activeRules, changeIfUnchanged, type RuleRow } from './rule-store.ts';
import { runsToAdvance } from './run-store.ts';
import { nextTime } from './schedule.ts';
import { startRun } from './start-run.ts';

/** Takes runs on that can go on, and begins those whose time has come. Every replica may do so at once. */
export async function lookAtRules(learn: Learn): Promise<void> {
  const { database, queue } = learn.platform;
  for (const { organization, id } of await runsToAdvance(database.sql)) {
    await queue.send(RETRAIN, { organization, run: id }, { key: id });
  }
  for (const rule of await activeRules(database.sql)) await follow(learn, rule, await lookAt(learn, rule));
}

async function follow(learn: Learn, rule: RuleRow, { choice, look }: Looked): Promise<void> {
  if (choice.verdict === 'start') await startRun(learn, rule, { cause: choice.cause, by: null, look });
  else if (choice.verdict !== 'running') await remember(learn, rule, choice.verdict, look);
}

/** Keeps what was seen; the log has it only when it leads to something else than the look before. */
async function remember(
  { platform: { clock, database } }: Learn,
  rule: RuleRow,
  verdict: Exclude<RetrainingVerdict, 'start' | 'running'>,
  look: Looked['look'],
): Promise<void> {
  const now = clock.now();
  await database.sql.transaction().execute(async (tx) => {
    // A time of the schedule that found the rule held back is over: the rule waits for the next one.
    const isOver = rule.next_at !== null && rule.next_at <= now;
    const next_at = isOver ? nextTime(rule.settings.trigger, now) : rule.next_at;
    const changed = await changeIfUnchanged(tx, rule, { last_look: storableJson(look), next_at });
    if (changed !== undefined && verdict !== rule.last_look?.verdict) {
      await note(tx, rule, verdict, { at: now, look });
    }
  });
}
