import {
  AttuneError,
  type createRetrainingRule,
  type RequestOf,
  type RetrainingEvent,
  RetrainingSettings,
  type updateRetrainingRule,
} from '@attune/contracts';
import { storable, storableJson } from '../../platform/db/storable.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { newId } from '../../platform/ids.ts';
import type { Learn } from '../learn.ts';
import { note } from './decision-log.ts';
import {
  changeRule,
  deleteRule,
  findRule,
  insertRule,
  isNameTaken,
  type RuleKey,
  type RuleRow,
} from './rule-store.ts';
import { lastRuns } from './run-store.ts';
import { nextTime } from './schedule.ts';

/** @throws AttuneError `retraining_rule_not_found` */
export async function ruleOf({ platform }: Learn, key: RuleKey): Promise<RuleRow> {
  const rule = await findRule(platform.database.sql, key);
  if (rule === undefined) throw new AttuneError('retraining_rule_not_found');
  return rule;
}

/** @throws AttuneError `retraining_rule_exists`, `invalid_request`, `dataset_not_found`, `dataset_not_ready` */
export async function addRule(
  learn: Learn,
  caller: Caller,
  body: RequestOf<typeof createRetrainingRule>['body'],
): Promise<RuleRow> {
  const { name, paused } = storable(body);
  const settings = RetrainingSettings.parse(body);
  const now = learn.platform.clock.now();
  const { organization } = caller;
  const next_at = nextTime(settings.trigger, now);
  await requireEvaluationSet(learn, organization, settings);
  const by = caller.email ?? caller.name;
  const times = { next_at, created_at: now, updated_at: now };
  const row = {
    id: newId(),
    organization,
    name,
    settings: storableJson(settings),
    paused,
    created_by: by,
    ...times,
  };
  const rule = await learn.platform.database.sql.transaction().execute(async (tx) => {
    const added = await insertRule(tx, row);
    if (added === undefined) throw new AttuneError('retraining_rule_exists', { param: 'name' });
    await note(tx, added, 'created', { at: now, by });
    return added;
  });
  return rule;
}

/** @throws AttuneError as `addRule`, and `retraining_rule_not_found` */
export async function updateRule(
  learn: Learn,
  caller: Caller,
  rule: RuleRow,
  body: RequestOf<typeof updateRetrainingRule>['body'],
): Promise<RuleRow> {
  const { database, clock } = learn.platform;
  const { name = rule.name, paused = rule.paused, ...given } = storable(body);
  const settings = RetrainingSettings.parse({ ...rule.settings, ...given });
  const now = clock.now();
  const next_at = nextTime(settings.trigger, now);
  await requireEvaluationSet(learn, caller.organization, settings);
  if (name !== rule.name && (await isNameTaken(database.sql, caller.organization, name))) {
    throw new AttuneError('retraining_rule_exists', { param: 'name' });
  }
  const failures = rule.paused && !paused ? 0 : rule.failures;
  const change = { name, settings: storableJson(settings), paused, failures, next_at, updated_at: now };
  return await database.sql.transaction().execute(async (tx) => {
    const changed = await changeRule(tx, rule, change);
    if (changed === undefined) throw new AttuneError('retraining_rule_not_found');
    await note(tx, rule, eventOf(rule, paused), { at: now, by: caller.email ?? caller.name });
    return changed;
  });
}

function eventOf(rule: RuleRow, paused: boolean): RetrainingEvent {
  if (rule.paused === paused) return 'changed';
  return paused ? 'paused' : 'resumed';
}

/** @throws AttuneError `retraining_running` */
export async function removeRule({ platform }: Learn, rule: RuleRow): Promise<void> {
  const { sql } = platform.database;
  const [last] = await lastRuns(sql, rule.organization, [rule.id]);
  if (last !== undefined && last.ended_at === null) throw new AttuneError('retraining_running');
  await deleteRule(sql, rule);
}

async function requireEvaluationSet(
  { needs }: Learn,
  organization: string,
  { evaluation_set }: RetrainingSettings,
): Promise<void> {
  if (evaluation_set === null) return;
  const found = await needs.datasets.snapshot(organization, evaluation_set);
  if (found === null) throw new AttuneError('dataset_not_found', { param: 'evaluation_set' });
}
