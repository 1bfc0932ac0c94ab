import { hash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, recognisable by its prefix, as `atn_…` for API keys. */
export function newSecret(prefix: 'atn' | 'ats' | 'atl' | 'atj'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is stored of a secret. A plain hash suffices: the secret is 256 random bits, which no dictionary holds.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}
