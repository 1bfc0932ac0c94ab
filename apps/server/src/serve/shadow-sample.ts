import { type Asked, earlierTurns } from '@attune/core';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { formatUuidV7 } from '../platform/ids.ts';
import { deliveredCandidate } from './delivered-candidate.ts';

/** Which delivered answers belong to a sample. */
export interface AnswerSample {
  readonly organization: string;
  /** Another salt, another sample of the same size. */
  readonly salt: string;
  /** 0–1. */
  readonly share: number;
  /** When they were asked for; null for until now. */
  readonly from: Date;
  readonly to: Date | null;
  /** Answers that this reward model chose are left out. */
  readonly notBy: string;
}

/** A delivered answer with the candidates that competed for it. */
export interface SampledAnswer {
  readonly responseId: string;
  readonly asked: Asked;
  /** Id of the candidate that was delivered; null where it cannot be told. */
  readonly delivered: string | null;
  /** Reward model that chose it; null where none did. */
  readonly rewardModel: string | null;
  /** Those that were written. */
  readonly candidates: readonly {
    readonly id: string;
    readonly text: string;
    /** 0–1; null where nothing scored it. */
    readonly reward: number | null;
  }[];
}

type Db = Kysely<Tables>;
type Row = Pick<
  Selectable<Tables['conversation_logs']>,
  'response_id' | 'query' | 'context' | 'selected_response' | 'reward_model' | 'all_candidates'
>;

/** Draws answers by their ids alone, so that every replica draws the same ones. */
const STEPS = 2 ** 30;

/** How many answers of an organisation belong to a sample. */
export async function countSample(db: Db, sample: AnswerSample): Promise<number> {
  const { n } = await inSample(db, sample)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

/** Answers of a sample, the oldest first, but for some. */
export async function sampledAnswers(
  db: Db,
  sample: AnswerSample,
  { except, most }: { readonly except: readonly string[]; readonly most: number },
): Promise<SampledAnswer[]> {
  const rows = await inSample(db, sample)
    .select(columns)
    .where(sql<boolean>`NOT response_id = ANY (${[...except]}::uuid[])`)
    .orderBy('response_id')
    .limit(most)
    .execute();
  return rows.map(toSampled);
}

/** Answers of an organisation by their ids, in no order. */
export async function answersById(
  db: Db,
  organization: string,
  responseIds: readonly string[],
): Promise<SampledAnswer[]> {
  if (responseIds.length === 0) return [];
  const rows = await db
    .selectFrom('conversation_logs')
    .select(columns)
    .where('organization', '=', organization)
    .where('response_id', 'in', responseIds)
    .execute();
  return rows.map(toSampled);
}

const columns = [
  'response_id',
  'query',
  'context',
  'selected_response',
  'reward_model',
  'all_candidates',
] as const;

function inSample(db: Db, { organization, salt, share, from, to, notBy }: AnswerSample) {
  const draw = sql`hashtextextended(response_id::text || ${salt}::text, 0) & ${STEPS - 1}::bigint`;
  const rows = db
    .selectFrom('conversation_logs')
    .where('organization', '=', organization)
    .where('response_id', '>=', firstIdAt(from))
    .where('status', '=', 'delivered')
    .where('import_key', 'is', null)
    .where('selected_response', '!=', '')
    .where(sql<boolean>`reward_model IS DISTINCT FROM ${notBy}`)
    .where(sql<boolean>`(${draw}) < ${share * STEPS}::float8`);
  return to === null ? rows : rows.where('response_id', '<', firstIdAt(to));
}

/** Ids carry the time (RFC 9562, version 7), and are indexed by organisation. */
const firstIdAt = (at: Date) => formatUuidV7(at.getTime(), 0, 0n);

function toSampled(row: Row): SampledAnswer {
  const written = row.all_candidates.filter(({ error, text }) => error === undefined && text.trim() !== '');
  return {
    responseId: row.response_id,
    asked: { query: row.query, context: earlierTurns(row.context) },
    delivered: written.find(({ id }) => id === deliveredCandidate(row)?.id)?.id ?? null,
    rewardModel: row.reward_model,
    candidates: written.map(({ id, text, reward_score: reward }) => ({ id, text, reward })),
  };
}
