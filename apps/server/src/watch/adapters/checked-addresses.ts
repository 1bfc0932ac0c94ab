import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DeliveryFailed, DeliveryRefused } from './delivery-errors.ts';
import { isPublicAddress } from './public-address.ts';

/** Finds a host's addresses. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const systemResolver: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * The addresses of a host, resolved once and each checked, so that a name cannot change its mind between the check and
 * the connection.
 * @throws DeliveryRefused when one is private and that is not allowed, DeliveryFailed when there is none
 */
export async function checkedAddresses(
  host: string,
  allowPrivate: boolean,
  resolve: Resolve = systemResolver,
): Promise<LookupAddress[]> {
  const addresses = await addressesOf(host.replace(/^\[|\]$/g, ''), resolve);
  const hidden = addresses.find(({ address }) => !isPublicAddress(address));
  if (hidden !== undefined && !allowPrivate) {
    throw new DeliveryRefused(
      `${host} is ${hidden.address}, a private address; ATTUNE_ALERT_WEBHOOK_PRIVATE allows that.`,
    );
  }
  return addresses;
}

async function addressesOf(host: string, resolve: Resolve): Promise<LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await resolve(host);
  } catch (error) {
    throw new DeliveryFailed(`The name ${host} cannot be resolved.`, { cause: error });
  }
}
