import { isDeepStrictEqual } from 'node:util';
import {
  AttuneError,
  type judge as declared,
  type JudgingAnswers,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import type { AssignmentRow } from './assignment-store.ts';
import { lockSeat } from './assignment-store.ts';
import { checkAnswers } from './check-answers.ts';
import type { Db, Judging } from './judging.ts';
import { disagreementOf, likeness } from './likeness.ts';
import type { ProjectRow } from './project-store.ts';
import { findProject } from './projects.ts';
import { ownKey, toOwnKeys, toShownKeys } from './response-keys.ts';
import { standingOf } from './standing.ts';
import {
  assignmentOf,
  type ItemRow,
  insertVote,
  lockAssignment,
  lockItem,
  recount,
  setState,
  type VoteRow,
  voteById,
  votesOn,
} from './vote-store.ts';

type Body = RequestOf<typeof declared>['body'];
type Judged = ResponseOf<typeof declared>;

/**
 * Takes a judge's answers to an item kept for them, or why they skip it. Said again in the same words it changes
 * nothing.
 * @throws AttuneError `judgement_not_found`, `not_a_judge`, `judging_not_running`, `judging_answer_invalid`,
 *   `judging_reservation_lost`, or `judgement_final` when it was judged otherwise before
 */
export async function judgeItem(
  judging: Judging,
  organization: string,
  judge: string,
  id: string,
  body: Body,
): Promise<Judged> {
  const known = await assignmentOf(judging.db, organization, judge, id);
  if (known === null) throw new AttuneError('judgement_not_found');
  const project = await findProject(judging.db, organization, known.project_id);
  const item = await judging.db.transaction().execute(async (trx) => {
    const seat = { organization, project: project.id, judge };
    if (!(await lockSeat(trx, seat))) throw new AttuneError('not_a_judge');
    const assignment = await lockAssignment(trx, id);
    const item = await lockItem(trx, assignment);
    const vote = voteOf(assignment, body);
    const before = await voteById(trx, id);
    if (before === null) await cast({ ...judging, db: trx }, { project, assignment, item, vote });
    else if (!sameVote(before, vote)) {
      throw new AttuneError('judgement_final', {
        message: 'You judged this item before, and otherwise. Take that back first.',
      });
    }
    return item;
  });
  judging.changed(organization);
  return {
    id,
    standing: await standingOf(judging, project, judge),
    training: item.kind === 'training' ? lesson(project, item, known.shown, body.answers) : null,
  };
}

/** What a judge said, in the item's own keys. */
interface Vote {
  readonly answers: JudgingAnswers;
  readonly skip: Body['skip'] | null;
  readonly comment: string | null;
  readonly timeSpentMs: number | null;
}

function voteOf({ shown }: AssignmentRow, { answers, skip, comment, time_spent_ms }: Body): Vote {
  return {
    answers: skip === undefined ? toOwnKeys(answers, shown) : {},
    skip: skip ?? null,
    comment: comment ?? null,
    timeSpentMs: time_spent_ms ?? null,
  };
}

function sameVote(before: VoteRow, { answers, skip, comment }: Vote): boolean {
  return isDeepStrictEqual([before.answers, before.skip, before.comment], [answers, skip, comment]);
}

interface Ballot {
  readonly project: ProjectRow;
  readonly assignment: AssignmentRow;
  readonly item: ItemRow;
  readonly vote: Vote;
}

async function cast({ db, clock }: Judging, { project, assignment, item, vote }: Ballot): Promise<void> {
  if (project.status !== 'running') throw new AttuneError('judging_not_running');
  if (vote.skip === null) checkAnswers(project.questions, vote.answers, lengthsOf(item));
  const late = assignment.state === 'released';
  if (late && item.kind === 'item' && (item.taken >= item.wanted || item.adjudication !== null)) {
    throw new AttuneError('judging_reservation_lost');
  }
  await insertVote(db, {
    id: assignment.id,
    organization: assignment.organization,
    project_id: project.id,
    item_id: item.id,
    judge: assignment.judge,
    kind: item.kind,
    shown: assignment.shown,
    answers: JSON.stringify(vote.answers),
    skip: vote.skip === null ? null : JSON.stringify(vote.skip),
    comment: vote.comment,
    time_spent_ms: vote.timeSpentMs,
    created_at: clock.now(),
  });
  await setState(db, assignment.id, 'judged', clock.now());
  const place = item.kind !== 'item' ? 0 : (late ? 1 : 0) - (vote.skip === null ? 0 : 1);
  const counted = vote.skip === null ? { votes: 1 } : { skips: 1 };
  await recount(db, item.id, { taken: place, ...counted }, await disagreementNow(db, project, item));
}

/** How far the votes on an item, as they stand in this transaction, disagree; null for control and training items. */
export async function disagreementNow(db: Db, project: ProjectRow, item: ItemRow): Promise<number | null> {
  if (item.kind !== 'item') return null;
  const votes = (await votesOn(db, [item.id])).filter(({ skip }) => skip === null);
  return disagreementOf(
    project.questions,
    votes.map(({ answers }) => answers),
  );
}

/** The responses of an item by their own keys, with their lengths. */
export function lengthsOf({ responses }: ItemRow): Map<string, number> {
  return new Map(responses.map(({ text }, place) => [ownKey(place), text.length]));
}

/** What a training item teaches: the known answers in the keys that its judge saw, and why. */
function lesson(
  { questions }: ProjectRow,
  { known }: ItemRow,
  shown: readonly number[],
  given: JudgingAnswers,
): Judged['training'] {
  if (known === null) return null;
  const answers = toShownKeys(known.answers, shown);
  return { correct: isCorrect(questions, answers, given), answers, explanation: known.explanation };
}

/** Whether every known answer was given; the strength of a choice may differ. */
export function isCorrect(
  questions: ProjectRow['questions'],
  known: JudgingAnswers,
  given: JudgingAnswers,
): boolean {
  return questions.every((question) => {
    const right = known[question.id];
    if (right === undefined || question.kind === 'text') return true;
    const answer = given[question.id];
    return answer !== undefined && likeness(question, right, answer) === 1;
  });
}
