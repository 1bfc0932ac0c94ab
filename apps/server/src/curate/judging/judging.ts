import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { Audit } from '../../platform/identity/audit.ts';
import type { Trainable } from '../trainable.ts';
import type { LoggedCandidates } from './sources/logged-candidates.ts';

/** The database or a transaction on it. */
export type Db = Kysely<Tables>;

/** What blind judging works with. */
export interface Judging {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly trainable: Trainable;
  readonly candidates: LoggedCandidates;
  /** Somebody judged, or what there is to judge changed. */
  readonly changed: (organization: string) => void;
  /** Aborted when the room stops. */
  readonly stopping: AbortSignal;
}
