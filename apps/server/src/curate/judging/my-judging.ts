import {
  AttuneError,
  type getJudgement,
  type judgingGuide,
  type myJudging,
  type ResponseOf,
  type recentJudgements,
} from '@attune/contracts';
import type { Seat } from './assignment-store.ts';
import type { Judging } from './judging.ts';
import { toTask } from './next-items.ts';
import { type ProjectRow, projectsOfJudge } from './project-store.ts';
import { findProject } from './projects.ts';
import { shownKey, toShownKeys } from './response-keys.ts';
import { requireJudge, standingOf } from './standing.ts';
import { canUndo } from './undo-judgement.ts';
import {
  assignmentOf,
  type ItemRow,
  itemOf,
  markRevealed,
  recentVotes,
  type VoteRow,
  voteById,
  votesOn,
} from './vote-store.ts';

/** The projects that somebody judges, with what is left for them. */
export async function judgesProjects(
  judging: Judging,
  organization: string,
  judge: string,
): Promise<ResponseOf<typeof myJudging>> {
  const projects = [];
  for (const row of await projectsOfJudge(judging.db, organization, judge)) {
    projects.push({ project: named(row), standing: await standingOf(judging, row, judge) });
  }
  return { projects };
}

function named({ id, name, status }: ProjectRow) {
  return { id, name, status };
}

/**
 * What a judge must know before judging.
 * @throws AttuneError `judging_project_not_found` or `not_a_judge`
 */
export async function guideFor(judging: Judging, seat: Seat): Promise<ResponseOf<typeof judgingGuide>> {
  const row = await findProject(judging.db, seat.organization, seat.project);
  await requireJudge(judging.db, seat);
  const { guidelines, questions, reveal_after_vote } = row;
  const standing = await standingOf(judging, row, seat.judge);
  return { ...named(row), guidelines, questions, reveal_after_vote, standing };
}

/**
 * The judgements that a judge can look back at.
 * @throws AttuneError `judging_project_not_found` or `not_a_judge`
 */
export async function lastJudgements(
  { db }: Judging,
  seat: Seat,
): Promise<ResponseOf<typeof recentJudgements>> {
  await findProject(db, seat.organization, seat.project);
  await requireJudge(db, seat);
  const votes = await recentVotes(db, seat);
  return {
    judgements: votes.map((vote) => ({
      id: vote.id,
      query: vote.query,
      answers: toShownKeys(vote.answers, vote.shown),
      skip: vote.skip,
      judged_at: vote.created_at.toISOString(),
      can_undo: canUndo(vote),
    })),
  };
}

/**
 * An item kept for a judge or judged by them. Where the project says so, whoever has judged sees who wrote what and
 * how others judged: their vote is final then.
 * @throws AttuneError `judgement_not_found`
 */
export async function showJudgement(
  { db }: Judging,
  organization: string,
  judge: string,
  id: string,
): Promise<ResponseOf<typeof getJudgement>> {
  const assignment = await assignmentOf(db, organization, judge, id);
  if (assignment === null || assignment.state === 'released') throw new AttuneError('judgement_not_found');
  const project = await findProject(db, organization, assignment.project_id);
  const vote = await voteById(db, id);
  const item = await itemOf(db, assignment.item_id);
  const mayReveal = vote !== null && project.reveal_after_vote && vote.kind !== 'training';
  const reveal = mayReveal && (await markRevealed(db, id));
  return {
    ...toTask({ ...assignment, ...item, id }),
    project_id: project.id,
    reserved_until: vote === null ? assignment.held_until.toISOString() : null,
    answers: vote === null ? null : toShownKeys(vote.answers, vote.shown),
    skip: vote?.skip ?? null,
    comment: vote?.comment ?? null,
    judged_at: vote?.created_at.toISOString() ?? null,
    revealed: reveal ? outcome(item, vote, await votesOn(db, [item.id])) : null,
  };
}

function outcome({ responses }: ItemRow, { id, shown }: VoteRow, votes: readonly VoteRow[]) {
  const models = shown.map(
    (place, position) => [shownKey(position), responses[place]?.model ?? null] as const,
  );
  const others = votes.filter((vote) => vote.id !== id && vote.skip === null);
  return {
    models: Object.fromEntries(models),
    votes: others.map(({ answers, comment }) => ({ answers: toShownKeys(answers, shown), comment })),
  };
}
