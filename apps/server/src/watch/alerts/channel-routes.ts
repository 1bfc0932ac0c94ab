import * as api from '@attune/contracts';
import type { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Audit } from '../../platform/identity/audit.ts';
import { redact } from '../../platform/redact.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Sql } from '../sql.ts';
import {
  addChannel,
  type ChannelRow,
  changeChannel,
  channelOf,
  channelsOf,
  removeChannel,
} from './channels.ts';
import { lastDeliveries } from './delivery-store.ts';
import { sendThrough } from './send-message.ts';
import { testMessage } from './test-message.ts';

export interface ChannelRouteNeeds {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly box: SecretBox;
  readonly allowPrivate: boolean;
}

/** The routes of the channels that alerts are told through. */
export function channelRoutes({ sql, clock, audit, box, allowPrivate }: ChannelRouteNeeds): Route[] {
  const record = (caller: Caller, action: string, { id, kind, name, settings }: ChannelRow) => {
    const { organization, principal: actor } = caller;
    const details = { name, kind, target: settings.target };
    return audit.record({ organization, actor, action, subject: `alert_channel:${id}`, details });
  };
  const shown = async (row: ChannelRow): Promise<api.AlertChannel> => {
    const [view] = await channelViews(sql, [row]);
    if (view === undefined) throw new Error('one channel has one view');
    return view;
  };
  return [
    route(api.alertChannels, async ({ caller }) => ({
      items: await channelViews(sql, await channelsOf(sql, caller.organization)),
    })),
    route(api.createAlertChannel, async ({ caller, body }) => {
      const { row, secret } = await addChannel(sql, box, caller.organization, body, clock.now());
      await record(caller, 'alert_channel.created', row);
      return { channel: await shown(row), secret };
    }),
    route(api.updateAlertChannel, async ({ caller, params: { id }, body }) => {
      const row = await changeChannel(sql, box, { organization: caller.organization, id }, body);
      await record(caller, 'alert_channel.changed', row);
      return await shown(row);
    }),
    route(api.deleteAlertChannel, async ({ caller, params: { id } }) => {
      const row = await removeChannel(sql, { organization: caller.organization, id });
      await record(caller, 'alert_channel.removed', row);
      return { ok: true } as const;
    }),
    route(api.testAlertChannel, async ({ caller: { organization }, params: { id }, signal }) => {
      const channel = await channelOf(sql, { organization, id });
      const now = clock.now();
      try {
        await sendThrough(channel, box, testMessage(organization, now), { allowPrivate, signal, now });
        return { delivered: true, error: null };
      } catch (error) {
        // Whatever kept it from arriving is the answer.
        return { delivered: false, error: redact(error instanceof Error ? error.message : String(error)) };
      }
    }),
  ];
}

async function channelViews(sql: Sql, rows: readonly ChannelRow[]): Promise<api.AlertChannel[]> {
  const last = await lastDeliveries(
    sql,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, kind, name, paused, reports, settings, created_at }) => {
    const delivery = last.get(id);
    return {
      id,
      kind,
      name,
      paused,
      reports,
      ...settings,
      last_delivery:
        delivery === undefined
          ? null
          : { state: delivery.state, error: delivery.error, at: delivery.updated_at.toISOString() },
      created_at: created_at.toISOString(),
    };
  });
}
