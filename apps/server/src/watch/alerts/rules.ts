import {
  type AlertKind,
  AlertKind as AlertKinds,
  type AlertRule,
  type AlertRuleSettings,
  AttuneError,
} from '@attune/contracts';
import { alertRuleKinds, ruleFault } from '@attune/core';
import type { Sql } from '../sql.ts';

/** The rules that hold in an organisation. */
export type Rules = Readonly<Record<AlertKind, AlertRule>>;

/** Every rule as it holds: the default, unless somebody changed it. */
export async function rulesOf(db: Sql, organization: string): Promise<Rules> {
  const rows = await db
    .selectFrom('alert_rules')
    .selectAll()
    .where('organization', '=', organization)
    .execute();
  const changed = new Map(rows.map((row) => [row.kind, row]));
  const entries = AlertKinds.options.map((kind) => {
    const { defaults, confidence: _, ...about } = alertRuleKinds[kind];
    const row = changed.get(kind);
    const rule: AlertRule = {
      kind,
      ...about,
      ...defaults,
      ...row?.settings,
      changed: row !== undefined,
      updated_by: row?.updated_by ?? null,
      updated_at: row?.updated_at.toISOString() ?? null,
    };
    return [kind, rule] as const;
  });
  return Object.fromEntries(entries) as Record<AlertKind, AlertRule>;
}

/**
 * Changes a rule.
 * @throws AttuneError `invalid_request` naming the field, `alert_channel_not_found`
 */
export async function changeRule(
  db: Sql,
  key: { organization: string; kind: AlertKind },
  change: Partial<AlertRuleSettings>,
  by: string,
  now: Date,
): Promise<void> {
  const { organization, kind } = key;
  const before = settingsIn((await rulesOf(db, organization))[kind]);
  const settings = { ...before, ...change };
  const fault = ruleFault(kind, settings);
  if (fault !== null) {
    const message = `\`${fault.field}\`: ${fault.reason}`;
    throw new AttuneError('invalid_request', { param: fault.field, message });
  }
  await requireChannels(db, organization, change.channels ?? []);
  const row = { settings: JSON.stringify(settings), updated_by: by, updated_at: now };
  await db
    .insertInto('alert_rules')
    .values({ ...key, ...row })
    .onConflict((same) => same.columns(['organization', 'kind']).doUpdateSet(row))
    .execute();
}

/** Makes a rule what it is by default. */
export async function resetRule(db: Sql, organization: string, kind: AlertKind): Promise<void> {
  await db
    .deleteFrom('alert_rules')
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .execute();
}

function settingsIn(rule: AlertRule): AlertRuleSettings {
  const { enabled, threshold, window, minimum_n, hysteresis, severity, channels } = rule;
  return { enabled, threshold, window, minimum_n, hysteresis, severity, channels };
}

async function requireChannels(db: Sql, organization: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await db
    .selectFrom('alert_channels')
    .select('id')
    .where('organization', '=', organization)
    .where('id', 'in', [...ids])
    .execute();
  if (known.length < new Set(ids).size)
    throw new AttuneError('alert_channel_not_found', { param: 'channels' });
}
