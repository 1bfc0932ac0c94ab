import { AttuneError } from '@attune/contracts';
import { freePart } from '@attune/core';
import type { Transaction, Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { Announce } from '../change-traffic.ts';
import { lockTraffic, newestRamp } from '../ramp-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { type ExperimentRow, findExperiment, partsTaken, updateExperiment } from './experiment-store.ts';

export type Sql = ShipPlatform['database']['sql'];
export type Change = Updateable<Tables['ab_test_experiments']>;

/** Who changes an experiment and how, for the audit log. */
export interface ExperimentAct {
  readonly organization: string;
  /** Principal of the caller, or `system`. */
  readonly actor: string;
  readonly action:
    | 'experiment.started'
    | 'experiment.paused'
    | 'experiment.ended'
    | 'experiment.extended'
    | 'experiment.forced';
}

/** What changes, given an experiment as it is inside the transaction; null for nothing. */
type ExperimentDecision = (
  row: ExperimentRow,
  transaction: Sql,
  now: Date,
) => Promise<Change | null> | Change | null;

/**
 * The one way in which an experiment changes: changes of an organisation's traffic follow each other, the audit log
 * changes with the row or not at all, and replicas hear of it at once.
 * @param decide what changes, given the row as it is now; throws where that is not possible; null for nothing
 * @throws AttuneError `experiment_not_found` and what `decide` throws
 */
export async function changeExperiment(
  platform: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  announce: Announce,
  act: ExperimentAct,
  id: string,
  decide: ExperimentDecision,
): Promise<ExperimentRow> {
  const { sql } = platform.database;
  const changed = await sql
    .transaction()
    .execute((tx) => changeExperimentWithin(tx, platform, act, id, decide));
  await announce(act.organization);
  return changed;
}

/** The same as part of a transaction; replicas are to be told after it. */
export async function changeExperimentWithin(
  transaction: Transaction<Tables>,
  platform: Pick<ShipPlatform, 'clock' | 'audit'>,
  { organization, actor, action }: ExperimentAct,
  id: string,
  decide: ExperimentDecision,
): Promise<ExperimentRow> {
  await lockTraffic(transaction, organization);
  const row = await findExperiment(transaction, organization, id);
  if (row === undefined) throw new AttuneError('experiment_not_found', { param: 'id' });
  const change = await decide(row, transaction, platform.clock.now());
  if (change === null) return row;
  const after = await updateExperiment(transaction, row, change);
  const { name, status, winner, reason } = after;
  const details = { name, status, winner, reason };
  await platform.audit.record(
    { organization, actor, action, subject: `experiment:${id}`, details },
    transaction,
  );
  return after;
}

/** @throws AttuneError `experiment_state` unless the experiment is in one of these states */
export function refuseUnless(row: ExperimentRow, states: readonly ExperimentRow['status'][]): void {
  if (states.includes(row.status)) return;
  throw new AttuneError('experiment_state', { message: `This experiment is ${row.status}.` });
}

const DAY_MS = 86_400_000;

/**
 * Gives a draft its part of the traffic and lets it run; one that was paused goes on where it was, to the same end.
 * @throws AttuneError `experiment_state`, `no_traffic_left`, `ramp_under_way`
 */
export async function resume(row: ExperimentRow, transaction: Sql, now: Date): Promise<Change> {
  refuseUnless(row, ['draft', 'paused']);
  const ramp = await newestRamp(transaction, row.organization, 'reward');
  if (ramp?.state === 'ramping') throw new AttuneError('ramp_under_way');
  const running = { status: 'running' as const, next_look_at: null };
  if (row.status === 'paused') return running;
  const width = row.traffic_to - row.traffic_from;
  const part = freePart(await partsTaken(transaction, row.organization), width);
  if (part === null) throw new AttuneError('no_traffic_left', { param: 'traffic' });
  const end_date = new Date(now.getTime() + row.days * DAY_MS);
  return { ...running, traffic_from: part.from, traffic_to: part.to, start_date: now, end_date };
}

/** @throws AttuneError `experiment_state` */
export function extend(row: ExperimentRow, days: number): Change {
  refuseUnless(row, ['draft', 'running', 'paused']);
  if (row.end_date === null) return { days: row.days + days };
  return { end_date: new Date(row.end_date.getTime() + days * DAY_MS) };
}

/**
 * Ends an experiment; a draft that never ran is cancelled.
 * @throws AttuneError `experiment_state`
 */
export function end(
  row: ExperimentRow,
  winner: ExperimentRow['winner'] | undefined,
  reason: string,
  now: Date,
): Change {
  refuseUnless(row, ['draft', 'running', 'paused']);
  if (row.start_date === null) return { status: 'cancelled', reason, end_date: now };
  return { status: 'completed', winner: winner ?? recommendedWinner(row), reason, end_date: now };
}

/** Who has won by what the results recommend. */
export function recommendedWinner({
  results,
}: Pick<ExperimentRow, 'results'>): 'control' | 'treatment' | 'inconclusive' {
  switch (results?.recommendation.verdict) {
    case 'deploy':
      return 'treatment';
    case 'keep':
    case 'stop':
      return 'control';
    default:
      return 'inconclusive';
  }
}
