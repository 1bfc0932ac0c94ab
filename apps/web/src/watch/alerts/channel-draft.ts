import { NewAlertChannel } from '@attune/contracts';
import { z } from 'zod';

export const channelKinds = ['webhook', 'slack', 'email'] as const;
export const securities = ['starttls', 'tls', 'none'] as const;

/** What was typed for a channel. */
export interface ChannelDraft {
  readonly kind: (typeof channelKinds)[number];
  readonly name: string;
  readonly url: string;
  readonly host: string;
  readonly port: string;
  readonly security: (typeof securities)[number];
  readonly username: string;
  readonly password: string;
  readonly from: string;
  /** Separated by commas. */
  readonly to: string;
}

export const emptyChannel: ChannelDraft = {
  kind: 'webhook',
  name: '',
  url: '',
  host: '',
  port: '587',
  security: 'starttls',
  username: '',
  password: '',
  from: '',
  to: '',
};

/**
 * A draft as the server takes it.
 * @throws Error naming what cannot be read
 */
export function channelBody(draft: ChannelDraft): NewAlertChannel {
  const { kind, name, url, host, port, security, username, password, from, to } = draft;
  const mail = {
    host,
    port: Number(port),
    security,
    username: username === '' ? null : username,
    ...(password !== '' && { password }),
    from,
    to: to
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  };
  const result = NewAlertChannel.safeParse(kind === 'email' ? { kind, name, ...mail } : { kind, name, url });
  if (result.success) return result.data;
  throw new Error(z.prettifyError(result.error));
}
