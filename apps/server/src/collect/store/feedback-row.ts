import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';

export type FeedbackRow = Selectable<Tables['rlhf_feedback']>;
export type NewFeedbackRow = Insertable<Tables['rlhf_feedback']> & { id: string };
/** The database, or a transaction of it. */
export type Sql = Kysely<Tables>;
