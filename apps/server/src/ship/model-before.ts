import type { Database } from '../platform/db/open.ts';
import { newestRampOf } from './ramp-store.ts';
import { findModel } from './registry-store.ts';

type Sql = Database['sql'];

/** The model that stood before this one, or before that where it has been archived since; null when none did. */
export async function modelBefore(sql: Sql, organization: string, modelId: string): Promise<string | null> {
  const ramp = await newestRampOf(sql, organization, modelId);
  return firstUsable(sql, organization, ramp?.previous_model_id ?? null, new Set([modelId]));
}

/** `candidate`, or the nearest model before it that is not archived. */
export async function firstUsable(
  sql: Sql,
  organization: string,
  candidate: string | null,
  passed: Set<string>,
): Promise<string | null> {
  if (candidate === null || passed.has(candidate)) return null;
  const model = await findModel(sql, organization, candidate);
  if (model !== undefined && model.status !== 'archived') return candidate;
  const ramp = await newestRampOf(sql, organization, candidate);
  passed.add(candidate);
  return firstUsable(sql, organization, ramp?.previous_model_id ?? null, passed);
}
