import { AttuneError } from '@attune/contracts';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { newId } from '../../platform/ids.ts';
import type { Actor, Curate } from '../curate.ts';
import { claimPairs, insertPairs, type NewPair, type PairRow } from '../pairs/pair-store.ts';
import type { AssembledSet, GivenPair } from '../preparation/assembly.ts';
import type { DatasetRow } from './dataset-store.ts';

/** Someone else took the same data meanwhile: nothing was written, the work can be done again. */
export class Overtaken extends Error {}

/** What freezing writes into a data set's row. */
export interface FrozenFields {
  readonly status: 'ready';
  readonly feedback_ids: string[];
  readonly sample_count: number;
  readonly pair_count: number;
  readonly quality_score: number;
  readonly content_hash: string;
  readonly report: string;
  readonly updated_at: Date;
}

/** A set on its way into the database. */
export interface FreezePlan {
  readonly datasetId: string;
  readonly set: AssembledSet;
  /** Whether the data the set was made from is still as it was read. Asked when nobody else can freeze. */
  stillFree(transaction: Transaction<Tables>): Promise<boolean>;
  /** Writes the data set's row; null when that isn't possible any more. */
  place(transaction: Transaction<Tables>, fields: FrozenFields): Promise<DatasetRow | null>;
}

/** Any fixed number: freezing in one organisation takes turns under this advisory lock. */
const FREEZE_LOCK = 7_420_002;

/**
 * Writes snapshot, data set and pairs and marks the feedback as used. The snapshot goes first because it is addressed
 * by its content and harmless alone; the rest is one transaction, so that a crash leaves all or nothing.
 * @throws Overtaken when another run took the same feedback or pairs
 */
export async function freeze(curate: Curate, actor: Actor, plan: FreezePlan): Promise<DatasetRow> {
  const { organization } = actor;
  await curate.blobs.put(plan.set.snapshot);
  const row = await curate.db.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${FREEZE_LOCK}, hashtext(${organization}))`.execute(transaction);
    if (!(await plan.stillFree(transaction))) throw new Overtaken();
    const placed = await plan.place(transaction, frozenFields(curate, plan.set));
    if (placed === null) throw new Overtaken();
    await claim(transaction, organization, plan);
    await insertPairs(transaction, newPairs(curate, organization, plan));
    await curate.trainable.markUsed(organization, plan.set.feedbackIds, transaction);
    return placed;
  });
  await recordFreeze(curate, actor, row);
  return row;
}

function frozenFields({ clock }: Curate, set: AssembledSet): FrozenFields {
  return {
    status: 'ready',
    feedback_ids: set.feedbackIds,
    sample_count: set.sampleCount,
    pair_count: set.generated.length + set.given.length,
    quality_score: set.qualityScore,
    content_hash: set.contentHash,
    report: JSON.stringify(set.report),
    updated_at: clock.now(),
  };
}

async function claim(
  transaction: Transaction<Tables>,
  organization: string,
  plan: FreezePlan,
): Promise<void> {
  const { given } = plan.set;
  const ids = given.map((pair) => pair.id);
  const rows = new Map<string, PairRow>();
  for (const row of await claimPairs(transaction, organization, ids, plan.datasetId)) rows.set(row.id, row);
  if (!given.every((pair) => unchanged(pair, rows.get(pair.id)))) throw new Overtaken();
}

function unchanged(pair: GivenPair, row: PairRow | undefined): boolean {
  return (
    row !== undefined &&
    row.query === pair.query &&
    row.query_context === pair.context &&
    row.chosen_response === pair.chosen &&
    row.rejected_response === pair.rejected &&
    row.preference_strength === pair.strength
  );
}

function newPairs({ clock }: Curate, organization: string, { datasetId, set }: FreezePlan): NewPair[] {
  const now = clock.now();
  return set.generated.map((pair) => ({
    id: newId(),
    organization,
    dataset_id: datasetId,
    query: pair.query,
    query_context: pair.context ?? '',
    chosen_response: pair.chosen,
    rejected_response: pair.rejected,
    preference_strength: pair.strength,
    annotator_email: null,
    annotation_notes: null,
    method: pair.method,
    source_feedback_ids: pair.feedback_ids,
    import_key: null,
    created_at: now,
  }));
}

async function recordFreeze(curate: Curate, actor: Actor, row: DatasetRow): Promise<void> {
  await curate.audit.record({
    organization: actor.organization,
    actor: actor.principal,
    action: 'dataset.frozen',
    subject: `dataset:${row.id}`,
    details: {
      name: row.name,
      content_hash: row.content_hash,
      samples: row.sample_count,
      pairs: row.pair_count,
    },
  });
}

const ATTEMPTS = 4;

/**
 * Freezes, again from the start when someone else was faster.
 * @throws AttuneError `overloaded` when others were faster every time
 */
export async function freezeAgainWhenOvertaken(attempt: () => Promise<DatasetRow>): Promise<DatasetRow> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  throw new AttuneError('overloaded', {
    message: 'Other data sets are being frozen from the same feedback.',
  });
}
