import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { checkedAddresses, type Resolve } from './checked-addresses.ts';
import { DeliveryFailed } from './delivery-errors.ts';

/** A mail server and who uses it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | null;
  readonly password: string | null;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same as a page, for those who would rather see one. */
  readonly html?: string;
  /** The same when it is tried again, so that mailboxes can tell. */
  readonly messageId: string;
}

export interface MailOptions {
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
}

/**
 * Hands a message to a mail server at its checked address, by its own name for TLS.
 * @throws DeliveryRefused, DeliveryFailed
 */
export async function sendMail(mail: Mail, server: MailServer, options: MailOptions): Promise<void> {
  const [address] = await checkedAddresses(server.host, options.allowPrivate, options.resolve);
  if (address === undefined) throw new DeliveryFailed(`${server.host} has no address.`);
  const { username, password, security, port } = server;
  const transport = createTransport({
    host: address.address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(username !== null && { auth: { user: username, pass: password ?? '' } }),
    tls: isIP(server.host) === 0 ? { servername: server.host } : {},
    connectionTimeout: options.timeoutMs,
    greetingTimeout: options.timeoutMs,
    socketTimeout: options.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ ...mail, to: [...mail.to] });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DeliveryFailed(`The mail server did not take it: ${why.slice(0, 300)}`, { cause: error });
  } finally {
    transport.close();
  }
}
