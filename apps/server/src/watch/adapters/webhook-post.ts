import type { LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { checkedAddresses, type Resolve } from './checked-addresses.ts';
import { DeliveryFailed } from './delivery-errors.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Headers for a body, beside those of every post. */
  readonly headers?: (body: string) => Record<string, string>;
  /** The system's resolver unless given. */
  readonly resolve?: Resolve;
}

/**
 * Posts JSON to one of the host's checked addresses. Redirects are not followed: they count as failures. Errors never
 * name the address, which may hold a token.
 * @throws DeliveryRefused, DeliveryFailed
 */
export async function postWebhook(body: unknown, options: WebhookOptions): Promise<void> {
  const url = new URL(options.url);
  const addresses = await checkedAddresses(url.hostname, options.allowPrivate, options.resolve);
  const status = await send(url, JSON.stringify(body), addresses, options);
  if (status < 200 || status > 299) throw new DeliveryFailed(`The webhook answered ${status}.`);
}

function send(url: URL, body: string, addresses: LookupAddress[], options: WebhookOptions): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'attune',
    ...options.headers?.(body),
  };
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(new DeliveryFailed('The webhook cannot be reached.', { cause: error }));
    const sent = request(
      url,
      { method: 'POST', headers, agent: false, lookup: only(addresses), signal },
      (response) => {
        resolve(response.statusCode ?? 0);
        // What it says does not matter, and could be endless.
        response.destroy();
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}

/** A resolver that knows nothing but the checked addresses. */
function only(addresses: readonly LookupAddress[]): LookupFunction {
  return (host, { all }, found) => {
    const [first] = addresses;
    if (first === undefined) found(new Error(`${host} has no address.`), '', 0);
    else if (all) found(null, [...addresses]);
    else found(null, first.address, first.family);
  };
}
