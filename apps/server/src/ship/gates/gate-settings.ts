import type { GateSettings, RequestOf, updateGateSettings } from '@attune/contracts';
import { defaultGateLimits } from '@attune/core';
import type { ShipPlatform } from '../ship-platform.ts';

type Sql = ShipPlatform['database']['sql'];
export type SettingsChange = RequestOf<typeof updateGateSettings>['body'];

/** The settings of an organisation that chose none. */
export const defaultGateSettings: GateSettings = {
  evaluation_dataset: null,
  // A newcomer has nothing to measure on; who has can ask for it.
  require_measured: false,
  limits: defaultGateLimits,
  load: { concurrency: 4, candidates: 3, hourly_dollars: null },
};

export async function gateSettingsOf(sql: Sql, organization: string): Promise<GateSettings> {
  const row = await sql
    .selectFrom('gate_settings')
    .select('settings')
    .where('organization', '=', organization)
    .executeTakeFirst();
  return row?.settings ?? defaultGateSettings;
}

/** Changes what is named; audited. @param dataset id of the evaluation set; undefined leaves it, null takes it away */
export async function changeGateSettings(
  { database, clock, audit }: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  { organization, actor }: { organization: string; actor: string },
  { require_measured, limits, load }: SettingsChange,
  dataset: string | null | undefined,
): Promise<GateSettings> {
  return await database.sql.transaction().execute(async (tx) => {
    const before = await gateSettingsOf(tx, organization);
    const settings: GateSettings = {
      evaluation_dataset: dataset === undefined ? before.evaluation_dataset : dataset,
      require_measured: require_measured ?? before.require_measured,
      limits: { ...before.limits, ...given(limits) },
      load: { ...before.load, ...given(load) },
    };
    const stored = { settings: JSON.stringify(settings), updated_at: clock.now() };
    await tx
      .insertInto('gate_settings')
      .values({ organization, ...stored })
      .onConflict((conflict) => conflict.column('organization').doUpdateSet(stored))
      .execute();
    const act = { organization, actor, action: 'gates.changed', subject: `organization:${organization}` };
    await audit.record({ ...act, details: { ...settings } }, tx);
    return settings;
  });
}

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** A field sent as undefined leaves what stands. */
function given<Fields extends object>(fields: Fields | undefined): Given<Fields> {
  const entries = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<Fields>;
}
