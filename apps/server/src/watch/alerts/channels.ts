import {
  type AlertChannel,
  type AlertChannelChange,
  AttuneError,
  type NewAlertChannel,
} from '@attune/contracts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { newSigningSecret } from '../adapters/webhook-signature.ts';
import type { Sql } from '../sql.ts';

export type ChannelRow = Selectable<Tables['alert_channels']>;

const MOST = 20;

/** What nobody is shown again: a webhook's address may hold a token. */
export const ChannelSecrets = z.object({
  url: z.string().optional(),
  /** Signs what is posted. */
  signing: z.string().optional(),
  password: z.string().optional(),
});
export type ChannelSecrets = z.infer<typeof ChannelSecrets>;

type Settings = Pick<AlertChannel, 'target' | 'email'>;

/**
 * Adds a channel.
 * @returns its row, and the secret that signs a webhook, to be shown this once
 * @throws AttuneError `alert_channels_full`
 */
export async function addChannel(
  db: Sql,
  box: SecretBox,
  organization: string,
  channel: NewAlertChannel,
  now: Date,
): Promise<{ row: ChannelRow; secret: string | null }> {
  if ((await channelsOf(db, organization)).length >= MOST) throw new AttuneError('alert_channels_full');
  const secrets = secretsOf(channel);
  const row = await db
    .insertInto('alert_channels')
    .values({
      id: newId(),
      organization,
      kind: channel.kind,
      name: channel.name,
      reports: channel.reports,
      settings: JSON.stringify(settingsOf(channel, secrets)),
      secrets: box.seal(JSON.stringify(secrets)),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, secret: secrets.signing ?? null };
}

function secretsOf(channel: NewAlertChannel): ChannelSecrets {
  if (channel.kind === 'webhook') return { url: channel.url, signing: channel.secret ?? newSigningSecret() };
  if (channel.kind === 'slack') return { url: channel.url };
  return channel.password === undefined ? {} : { password: channel.password };
}

function settingsOf(channel: NewAlertChannel, { url }: ChannelSecrets): Settings {
  if (channel.kind !== 'email') return { target: new URL(url ?? '').host, email: null };
  const { host, port, security, username, from, to } = channel;
  return { target: host, email: { host, port, security, username, from, to } };
}

/**
 * Changes a channel; what is left out stays.
 * @throws AttuneError `alert_channel_not_found`, `invalid_request` when it is of another kind
 */
export async function changeChannel(
  db: Sql,
  box: SecretBox,
  key: { organization: string; id: string },
  change: AlertChannelChange,
): Promise<ChannelRow> {
  const row = await channelOf(db, key);
  if (row.kind !== change.kind) {
    const message = `This channel is of the kind ${row.kind}; add another for ${change.kind}.`;
    throw new AttuneError('invalid_request', { param: 'kind', message });
  }
  const secrets = changedSecrets(readSecrets(box, row), change);
  const changed = await db
    .updateTable('alert_channels')
    .set({
      name: change.name ?? row.name,
      paused: change.paused ?? row.paused,
      reports: change.reports ?? row.reports,
      settings: JSON.stringify(changedSettings(row.settings, change)),
      secrets: box.seal(JSON.stringify(secrets)),
    })
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirst();
  return found(changed);
}

function changedSecrets(before: ChannelSecrets, change: AlertChannelChange): ChannelSecrets {
  if (change.kind === 'email') return { ...before, ...known({ password: change.password }) };
  const signing = change.kind === 'webhook' ? change.secret : undefined;
  return { ...before, ...known({ url: change.url, signing }) };
}

function changedSettings(before: Settings, change: AlertChannelChange): Settings {
  if (change.kind !== 'email') {
    return change.url === undefined ? before : { target: new URL(change.url).host, email: null };
  }
  const { kind: _, name: __, paused: ___, reports: ____, password: _____, ...rest } = change;
  if (before.email === null) return before;
  const email = { ...before.email, ...known(rest) };
  return { target: email.host, email };
}

/** An object without the fields that are not there. */
function known<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: NonNullable<Fields[Key]> | Extract<Fields[Key], null> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ReturnType<typeof known<Fields>>;
}

/** @throws SecretUnreadable */
export function readSecrets(box: SecretBox, row: ChannelRow): ChannelSecrets {
  return ChannelSecrets.parse(JSON.parse(box.open(row.secrets)));
}

/** @throws AttuneError `alert_channel_not_found` */
export async function channelOf(db: Sql, key: { organization: string; id: string }): Promise<ChannelRow> {
  const row = await db
    .selectFrom('alert_channels')
    .selectAll()
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return found(row);
}

/** The channels of an organisation, the oldest first. */
export function channelsOf(db: Sql, organization: string): Promise<ChannelRow[]> {
  return db
    .selectFrom('alert_channels')
    .selectAll()
    .where('organization', '=', organization)
    .orderBy('id')
    .execute();
}

/** @throws AttuneError `alert_channel_not_found` */
export async function removeChannel(db: Sql, key: { organization: string; id: string }): Promise<ChannelRow> {
  const row = await db
    .deleteFrom('alert_channels')
    .where('organization', '=', key.organization)
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirst();
  return found(row);
}

function found(row: ChannelRow | undefined): ChannelRow {
  if (row === undefined) throw new AttuneError('alert_channel_not_found', { param: 'id' });
  return row;
}
