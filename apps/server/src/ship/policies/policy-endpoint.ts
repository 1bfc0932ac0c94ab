import type { PolicyEndpoint } from '@attune/contracts';
import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import type { ModelRow } from '../registry-store.ts';

/** Where a policy answers, as the registry keeps it; the key is sealed. */
const StoredEndpoint = z.object({ url: z.string(), model: z.string(), key: z.string().nullable() });
const StoredConfig = z.looseObject({ endpoint: StoredEndpoint });

/** An endpoint as somebody names it. */
export interface GivenEndpoint {
  readonly url: string;
  readonly model: string;
  readonly api_key?: string | undefined;
}

/** An endpoint that can be asked. */
export interface OpenEndpoint {
  readonly url: string;
  readonly model: string;
  readonly apiKey: string | null;
}

/** The registry's column for an endpoint. */
export function sealedConfig(secrets: Platform['secrets'], { url, model, api_key }: GivenEndpoint): string {
  return JSON.stringify({
    endpoint: { url, model, key: api_key === undefined ? null : secrets.seal(api_key) },
  });
}

/** An endpoint as callers see it; null where a model has none. */
export function shownEndpoint({
  deployment_config,
}: Pick<ModelRow, 'deployment_config'>): PolicyEndpoint | null {
  const { endpoint } = StoredConfig.safeParse(deployment_config).data ?? {};
  if (endpoint === undefined) return null;
  const { url, model, key } = endpoint;
  return { url, model, has_key: key !== null };
}

/**
 * An endpoint with its key; null where a model has none.
 * @throws SecretUnreadable when the key was sealed by a server with other secrets
 */
export function openEndpoint(secrets: Platform['secrets'], config: unknown): OpenEndpoint | null {
  const { endpoint } = StoredConfig.safeParse(config).data ?? {};
  if (endpoint === undefined) return null;
  const { url, model, key } = endpoint;
  return { url, model, apiKey: key === null ? null : secrets.open(key) };
}
