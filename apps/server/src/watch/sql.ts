import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';

export type Sql = Kysely<Tables>;
