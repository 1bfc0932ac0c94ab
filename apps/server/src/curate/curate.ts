import type { Kysely } from 'kysely';
import type { Blobs } from '../platform/blobs/blobs.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tables } from '../platform/db/tables.ts';
import type { Audit } from '../platform/identity/audit.ts';
import type { Log } from '../platform/log.ts';
import type { Trainable } from './trainable.ts';

/** What the parts of this room work with. */
export interface Curate {
  readonly db: Kysely<Tables>;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly trainable: Trainable;
  /** Aborted when the room stops: running preparations end without having changed anything. */
  readonly stopping: AbortSignal;
}

/** On whose behalf something is done. */
export interface Actor {
  readonly organization: string;
  /** Principal of the caller, or `system`. */
  readonly principal: string;
  readonly email: string | null;
}

/** The actor of jobs that nobody in particular started. */
export function systemActor(organization: string): Actor {
  return { organization, principal: 'system', email: null };
}
