import type { SecretBox } from '../../platform/secret-box.ts';
import { DeliveryFailed } from '../adapters/delivery-errors.ts';
import { sendMail } from '../adapters/send-mail.ts';
import { postWebhook } from '../adapters/webhook-post.ts';
import { signatureHeaders } from '../adapters/webhook-signature.ts';
import { type ChannelRow, readSecrets } from './channels.ts';

const TIMEOUT_MS = 10_000;

/** One message in the forms that channels take. */
export interface Outgoing {
  /** The same when it is tried again. */
  readonly id: string;
  /** What a webhook is posted, as JSON. */
  readonly body: unknown;
  /** The body of a Slack incoming webhook, with plain text for notifications. */
  readonly slack: { readonly text: string; readonly blocks: readonly object[] };
  readonly mail: { readonly subject: string; readonly text: string; readonly html?: string };
}

export interface SendOptions {
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** Posts a message to an address without a secret: the one of the server's settings. */
export async function postTo(url: string, message: Outgoing, options: SendOptions): Promise<void> {
  const { allowPrivate, signal } = options;
  const headers = () => ({ 'webhook-id': message.id });
  await postWebhook(message.body, { url, allowPrivate, timeoutMs: TIMEOUT_MS, signal, headers });
}

/**
 * Sends a message through a channel.
 * @throws DeliveryRefused, DeliveryFailed, SecretUnreadable
 */
export async function sendThrough(
  channel: ChannelRow,
  box: SecretBox,
  message: Outgoing,
  options: SendOptions,
): Promise<void> {
  const { url, signing, password } = readSecrets(box, channel);
  const { allowPrivate, signal, now } = options;
  if (channel.kind === 'email') return await mail(channel, password ?? null, message, allowPrivate);
  if (url === undefined) throw new DeliveryFailed('The channel has no address.');
  const post = { url, allowPrivate, timeoutMs: TIMEOUT_MS, signal };
  if (channel.kind === 'slack') return await postWebhook(message.slack, post);
  const headers = (body: string) => signatureHeaders(signing ?? '', { id: message.id, at: now, body });
  await postWebhook(message.body, { ...post, headers });
}

async function mail(
  { settings: { email } }: ChannelRow,
  password: string | null,
  message: Outgoing,
  allowPrivate: boolean,
): Promise<void> {
  if (email === null) throw new DeliveryFailed('The channel has no mail server.');
  const { from, to, ...server } = email;
  const messageId = `<${message.id}@attune>`;
  const options = { allowPrivate, timeoutMs: TIMEOUT_MS };
  await sendMail({ from, to, messageId, ...message.mail }, { ...server, password }, options);
}
