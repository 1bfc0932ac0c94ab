import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** The webhook stands where this server may not post to; trying again will not help. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}

/** The webhook did not take it this time. */
export class WebhookFailed extends Error {
  override readonly name = 'WebhookFailed';
}

export interface WebhookOptions {
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Finds a host's addresses; the system's resolver unless given. */
  readonly resolve?: (host: string) => Promise<LookupAddress[]>;
}

const systemResolver = (host: string) => lookup(host, { all: true, verbatim: true });

/**
 * Posts JSON. The host's name is resolved once, every address is checked, and the connection goes to one of the
 * checked addresses, so that a name cannot change its mind in between. Redirects are not followed: they count as
 * failures.
 * @throws WebhookRefused, WebhookFailed
 */
export async function postWebhook(body: unknown, options: WebhookOptions): Promise<void> {
  const url = new URL(options.url);
  const addresses = await addressesOf(url, options.resolve ?? systemResolver);
  const hidden = addresses.find(({ address }) => !isPublicAddress(address));
  if (hidden !== undefined && !options.allowPrivate) {
    throw new WebhookRefused(
      `${url.hostname} is ${hidden.address}, a private address; ATTUNE_ALERT_WEBHOOK_PRIVATE allows that.`,
    );
  }
  const status = await send(url, JSON.stringify(body), addresses, options);
  if (status < 200 || status > 299) throw new WebhookFailed(`The webhook answered ${status}.`);
}

async function addressesOf(
  url: URL,
  resolve: (host: string) => Promise<LookupAddress[]>,
): Promise<LookupAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await resolve(host);
  } catch (error) {
    throw new WebhookFailed(`The name ${host} cannot be resolved.`, { cause: error });
  }
}

function send(url: URL, body: string, addresses: LookupAddress[], options: WebhookOptions): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'attune',
  };
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(new WebhookFailed('The webhook cannot be reached.', { cause: error }));
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
