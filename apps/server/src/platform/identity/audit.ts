import { createHash } from 'node:crypto';
import { canonicalJson } from '@attune/core';
import { sql, type Transaction } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Tables } from '../db/tables.ts';
import { newId } from '../ids.ts';

/** An act worth remembering: jobs, deployments, exports, members, keys, settings. */
export interface AuditAct {
  readonly organization: string;
  /** Principal of the caller, or `system`. */
  readonly actor: string;
  /** Verb, as `model.deployed`. */
  readonly action: string;
  /** What it was done to, as `model:reward@1.0.0`. */
  readonly subject: string;
  readonly details?: Record<string, unknown>;
}

/** The append-only, hash-chained audit log. */
export interface Audit {
  /**
   * Resolves when the entry is durable; `within` a transaction, the entry and the act are written together or not
   * at all.
   */
  record(act: AuditAct, within?: Transaction<Tables>): Promise<void>;
}

/** Hash of an entry: SHA-256 over the hash before it and the entry as canonical JSON (RFC 8785). */
export function entryHash(previousHash: string, entry: Record<string, unknown>): string {
  return createHash('sha256')
    .update(`${previousHash}\n${canonicalJson(entry)}`)
    .digest('hex');
}

/** Any fixed number: appends to one chain wait for each other under this advisory lock. */
const CHAIN_LOCK = 7_420_001;

export function createAudit(database: Database, clock: Clock): Audit {
  const append = async (transaction: Transaction<Tables>, act: AuditAct) => {
    const { organization, actor, action, subject, details = {} } = act;
    await sql`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}, hashtext(${organization}))`.execute(transaction);
    const last = await transaction
      .selectFrom('audit_log')
      .select('hash')
      .where('organization', '=', organization)
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst();
    const previousHash = last?.hash ?? '';
    const entry = { organization, at: clock.now().toISOString(), actor, action, subject, details };
    await transaction
      .insertInto('audit_log')
      .values({
        ...entry,
        id: newId(),
        details: JSON.stringify(details),
        previous_hash: previousHash,
        hash: entryHash(previousHash, entry),
      })
      .execute();
  };
  return {
    record: (act, within) =>
      within === undefined
        ? database.sql.transaction().execute((transaction) => append(transaction, act))
        : append(within, act),
  };
}
