import type { Kysely } from 'kysely';
import * as first from './migrations/0001_first.ts';

/** What a migration may build on. */
export interface Abilities {
  /** The type `vector` exists. */
  readonly hasVector: boolean;
}

/** One step from the schema before to the schema after; runs inside a transaction, on a pooler's terms. */
export interface Migration {
  readonly name: string;
  up(sql: Kysely<unknown>, abilities: Abilities): Promise<void>;
}

/** Every migration, in the order in which they are applied. A released one is never changed, moved or removed. */
export const migrations: readonly Migration[] = [{ name: '0001_first', up: first.up }];
