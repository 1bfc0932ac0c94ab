import {
  AttuneError,
  type JudgingTask,
  type nextToJudge,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import { inShare } from '@attune/core';
import {
  assign,
  givenCount,
  type HeldItem,
  heldItems,
  lockSeat,
  releaseExpired,
  releaseHeld,
  renewHeld,
  type Seat,
  type Taken,
  takeItems,
  takeKnown,
} from './assignment-store.ts';
import type { Db, Judging } from './judging.ts';
import type { ProjectRow } from './project-store.ts';
import { findProject } from './projects.ts';
import { shownKey } from './response-keys.ts';
import { standingOf } from './standing.ts';

/** How long items are kept for a judge who asks for nothing more. */
export const HOLD_MS = 15 * 60_000;

type Query = RequestOf<typeof nextToJudge>['query'];

/**
 * The items kept for a judge, topped up to `count`: first the training round, then items with control items among
 * them. Asking again renews what is kept.
 * @throws AttuneError `judging_project_not_found` or `not_a_judge`
 */
export async function nextItems(
  judging: Judging,
  organization: string,
  judge: string,
  { project: id, count }: Query,
): Promise<ResponseOf<typeof nextToJudge>> {
  const { db, clock } = judging;
  const project = await findProject(db, organization, id);
  const seat: Seat = { organization, project: id, judge };
  await releaseExpired(db, seat, clock.now());
  return db.transaction().execute(async (trx) => {
    if (!(await lockSeat(trx, seat))) throw new AttuneError('not_a_judge');
    const within = { ...judging, db: trx };
    const standing = await standingOf(within, project, judge);
    if (standing.waiting !== null) return { tasks: [], standing };
    await renewHeld(trx, seat, new Date(clock.now().getTime() + HOLD_MS));
    const training = standing.training_left > 0;
    const ofPhase = (item: HeldItem) => (item.kind === 'training') === training;
    const held = (await heldItems(trx, seat)).filter(ofPhase);
    const room = training ? standing.training_left : quotaRoom(project, standing.done);
    const missing = Math.min(count, room) - held.length;
    if (missing <= 0) return { tasks: held.slice(0, count).map(toTask), standing };
    const taken = training
      ? await takeKnown(trx, seat, 'training', missing)
      : await takeMixed(trx, project, seat, missing, held.length === 0);
    const now = clock.now();
    await assign(trx, seat, taken, { now, until: new Date(now.getTime() + HOLD_MS) });
    const tasks = (await heldItems(trx, seat)).filter(ofPhase).map(toTask);
    return { tasks, standing };
  });
}

function quotaRoom({ quota }: ProjectRow, done: number): number {
  return quota === null ? Number.POSITIVE_INFINITY : quota - done;
}

/**
 * Items with control items among them. Which of a judge's items are control items is drawn once and for all, so that
 * fetching more or fewer at a time changes nothing.
 */
async function takeMixed(
  trx: Db,
  project: ProjectRow,
  seat: Seat,
  count: number,
  wait: boolean,
): Promise<Taken[]> {
  const given = await givenCount(trx, seat);
  const slots = Array.from({ length: count }, (_, slot) =>
    inShare(`${seat.judge} ${given + slot}`, project.id, project.control_share),
  );
  const controls = await takeKnown(trx, seat, 'control', slots.filter(Boolean).length);
  const items = await takeItems(trx, seat, count - controls.length);
  // Others may just be taking the last ones, and give them back or not.
  if (wait && items.length + controls.length === 0) return takeItems(trx, seat, 1, true);
  const mixed = slots.flatMap(
    (isControl) => (isControl ? controls.shift() : undefined) ?? items.shift() ?? [],
  );
  return [...mixed, ...items];
}

/** An item as its judge sees it. */
export function toTask({ id, kind, shown, held_until, query, context, responses }: HeldItem): JudgingTask {
  return {
    id,
    training: kind === 'training',
    query,
    context,
    responses: shown.map((place, position) => ({
      key: shownKey(position),
      text: responses[place]?.text ?? '',
    })),
    reserved_until: held_until.toISOString(),
  };
}

/**
 * Gives back the items kept for a judge.
 * @throws AttuneError `judging_project_not_found` or `not_a_judge`
 */
export async function releaseItems({ db }: Judging, seat: Seat): Promise<{ released: number }> {
  await findProject(db, seat.organization, seat.project);
  return db.transaction().execute(async (trx) => {
    if (!(await lockSeat(trx, seat))) throw new AttuneError('not_a_judge');
    return { released: await releaseHeld(trx, seat) };
  });
}
