import { AttuneError, type undoJudgement as declared, type ResponseOf } from '@attune/contracts';
import { lockSeat } from './assignment-store.ts';
import { disagreementNow } from './judge-item.ts';
import type { Judging } from './judging.ts';
import { HOLD_MS, toTask } from './next-items.ts';
import { findProject } from './projects.ts';
import { toShownKeys } from './response-keys.ts';
import {
  assignmentOf,
  deleteVote,
  lockAssignment,
  lockItem,
  recentVotes,
  recount,
  setState,
  voteById,
} from './vote-store.ts';

type Undone = ResponseOf<typeof declared>;

/**
 * Takes back one of a judge's last ten judgements and keeps the item for them.
 * @throws AttuneError `judgement_not_found`, `not_a_judge`, `judging_not_running`, `judging_reservation_lost` when
 *   others judged an item that was skipped, or `judgement_final`
 */
export async function undoJudgement(
  judging: Judging,
  organization: string,
  judge: string,
  id: string,
): Promise<Undone> {
  const { db, clock } = judging;
  const known = await assignmentOf(db, organization, judge, id);
  if (known === null) throw new AttuneError('judgement_not_found');
  const project = await findProject(db, organization, known.project_id);
  if (project.status !== 'running') throw new AttuneError('judging_not_running');
  const seat = { organization, project: project.id, judge };
  const undone = await db.transaction().execute(async (trx) => {
    if (!(await lockSeat(trx, seat))) throw new AttuneError('not_a_judge');
    const assignment = await lockAssignment(trx, id);
    const vote = await voteById(trx, id);
    if (vote === null) throw new AttuneError('judgement_not_found');
    const recent = (await recentVotes(trx, seat)).find((one) => one.id === id);
    if (recent === undefined || !canUndo(recent)) throw new AttuneError('judgement_final');
    const item = await lockItem(trx, assignment);
    const skipped = vote.skip !== null;
    const place = skipped && item.kind === 'item' ? 1 : 0;
    if (item.taken + place > item.wanted && item.kind === 'item') {
      throw new AttuneError('judging_reservation_lost');
    }
    if (!(await deleteVote(trx, id))) throw new AttuneError('judgement_final');
    const until = new Date(clock.now().getTime() + HOLD_MS);
    await setState(trx, id, 'held', until);
    const counted = skipped ? { skips: -1 } : { votes: -1 };
    await recount(trx, item.id, { taken: place, ...counted }, await disagreementNow(trx, project, item));
    return {
      ...toTask({ ...assignment, ...item, id, held_until: until }),
      answers: toShownKeys(vote.answers, vote.shown),
      skip: vote.skip,
      comment: vote.comment,
    };
  });
  judging.changed(organization);
  return undone;
}

/** Not once the judge knows the outcome, or somebody decided it. */
export function canUndo(vote: Awaited<ReturnType<typeof recentVotes>>[number]): boolean {
  return vote.kind !== 'training' && !vote.revealed && vote.adjudication === null;
}
