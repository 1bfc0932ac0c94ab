import {
  AttuneError,
  type pairsFromJudging as declared,
  type JudgingQuestion,
  type RequestOf,
  type ResponseOf,
} from '@attune/contracts';
import { cutContext } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { Actor } from '../curate.ts';
import { pairKey } from '../pairs/pair-key.ts';
import { insertNewPairs, type NewPair } from '../pairs/pair-store.ts';
import { DropReport } from '../preparation/drop-report.ts';
import { endOwnUndo, itemsStillBlind, type Viewer } from './blind-items.ts';
import { byMajority, byReliability, type DuelOutcome } from './duel-outcome.ts';
import { type ComparingQuestion, type Duel, duelsOf } from './duels.ts';
import type { Db, Judging } from './judging.ts';
import type { ProjectRow } from './project-store.ts';
import { findProject } from './projects.ts';
import type { ItemRow, VoteRow } from './vote-store.ts';

type Body = RequestOf<typeof declared>['body'];
type Made = ResponseOf<typeof declared>;
type MadePair = Made['pairs'][number];

const SHOWN = 50;

/**
 * Makes preference pairs of the votes on a project's items and says what was left out and why; a preview changes
 * nothing. An adjudication decides alone.
 * @throws AttuneError `judging_project_not_found`, or `not_enough_data` when no question compares responses
 */
export async function makePairs(judging: Judging, actor: Actor, id: string, body: Body): Promise<Made> {
  const { db, audit } = judging;
  const project = await findProject(db, actor.organization, id);
  const question = comparingQuestion(project.questions, body.question);
  const report = new DropReport();
  const pairs = await decidedPairs(db, actor, project, question, body, report);
  if (body.preview) return answer(0, pairs, report);
  const rows = pairs.map((pair) => toRow(judging, actor, project, pair));
  const created = new Set((await insertNewPairs(db, rows)).map((row) => row.id));
  for (const row of rows) if (!created.has(row.id)) report.add('already_there', row.query);
  const details = { question: question.id, by: body.by, created: created.size };
  await audit.record({
    organization: actor.organization,
    actor: actor.principal,
    action: 'judging.pairs_made',
    subject: `judging:${id}`,
    details,
  });
  return answer(created.size, pairs, report);
}

function answer(created: number, pairs: readonly MadePair[], report: DropReport): Made {
  return { created, count: pairs.length, pairs: pairs.slice(0, SHOWN), left_out: report.rows() };
}

function comparingQuestion(questions: readonly JudgingQuestion[], id: string | undefined): ComparingQuestion {
  for (const question of questions) {
    const chosen = id === undefined || question.id === id;
    if (chosen && (question.kind === 'pairwise' || question.kind === 'ranking')) return question;
  }
  throw new AttuneError('not_enough_data', {
    param: 'question',
    message: 'Only the answers to a pairwise or ranking question make pairs.',
  });
}

async function decidedPairs(
  db: Db,
  viewer: Viewer,
  project: ProjectRow,
  question: ComparingQuestion,
  { by, minimum_strength }: Body,
  report: DropReport,
): Promise<MadePair[]> {
  const { items, votes } = await judgedItems(db, viewer, project);
  const duels = items.flatMap((item) => openDuels(question, item, votes.get(item.id) ?? [], report));
  const voted = duels.filter(({ decided }) => !decided).map(({ duel }) => duel);
  const outcomes = by === 'majority' ? voted.map(byMajority) : byReliability(voted);
  const outcomeOf = new Map(voted.map((duel, at) => [duel, outcomes[at]]));
  return duels.flatMap(({ item, duel }) => {
    // What was adjudicated has one vote, the decision.
    const outcome = outcomeOf.get(duel) ?? byMajority(duel);
    const reason = whyNot(outcome, minimum_strength);
    if (reason !== null) report.add(reason, item.query);
    return 'lead' in outcome && reason === null ? [toPair(item, duel, outcome.lead)] : [];
  });
}

interface OpenDuel {
  readonly item: ItemRow;
  readonly duel: Duel;
  readonly decided: boolean;
}

function openDuels(
  question: ComparingQuestion,
  item: ItemRow,
  votes: readonly VoteRow[],
  report: DropReport,
): OpenDuel[] {
  const decision = item.adjudication?.answers[question.id];
  const decided = decision !== undefined;
  const answers = decided
    ? [{ judge: 'adjudication', answer: decision }]
    : votes.flatMap(({ judge, answers: given }) => {
        const said = given[question.id];
        return said === undefined ? [] : [{ judge, answer: said }];
      });
  if (!decided && item.votes < item.wanted) report.add('unfinished', item.query);
  else if (answers.length === 0) report.add('unanswered', item.query);
  else {
    return duelsOf(question, { id: item.id, responses: item.responses.length }, answers).map((duel) => ({
      item,
      duel,
      decided,
    }));
  }
  return [];
}

function whyNot(outcome: DuelOutcome, minimum: number): string | null {
  if ('neither' in outcome) return outcome.neither;
  return Math.abs(outcome.lead) < minimum ? 'too_weak' : null;
}

function toPair(item: ItemRow, { first, second }: Duel, lead: number): MadePair {
  const [chosen, rejected] = lead > 0 ? [first, second] : [second, first];
  return {
    item_id: item.id,
    query: item.query,
    query_context: cutContext(item.context ?? ''),
    chosen_response: item.responses[chosen]?.text ?? '',
    rejected_response: item.responses[rejected]?.text ?? '',
    preference_strength: Math.abs(lead),
  };
}

function toRow({ clock }: Judging, actor: Actor, project: ProjectRow, pair: MadePair) {
  const { item_id, ...texts } = pair;
  return {
    ...texts,
    id: newId(),
    organization: actor.organization,
    dataset_id: null,
    annotator_email: actor.email,
    annotation_notes: `Judged in “${project.name}”`,
    method: 'judged',
    source_feedback_ids: [],
    judging_item_id: item_id,
    import_key: pairKey({
      query: pair.query,
      context: pair.query_context,
      chosen: pair.chosen_response,
      rejected: pair.rejected_response,
    }),
    created_at: clock.now(),
  } satisfies NewPair;
}

/**
 * The items of a project with their votes, without the votes on items that whoever looks may still judge: such an item
 * counts as unfinished. Their own votes on the others become final, since the pairs tell what others said.
 */
async function judgedItems(db: Db, viewer: Viewer, { id }: ProjectRow) {
  const items = await db
    .selectFrom('judging_items')
    .selectAll()
    .where('project_id', '=', id)
    .where('kind', '=', 'item')
    .orderBy('id')
    .execute();
  const finished = items.filter((item) => item.votes >= item.wanted).map((item) => item.id);
  // First, so that nobody takes a vote back between being found to have judged and seeing what others said.
  await endOwnUndo(db, viewer, finished);
  const hidden = await itemsStillBlind(db, viewer, finished);
  const votes = await db
    .selectFrom('pair_judgements')
    .selectAll()
    .where('project_id', '=', id)
    .where('kind', '=', 'item')
    .where('skip', 'is', null)
    .orderBy('id')
    .execute();
  const shown = items.map((item) => (hidden.has(item.id) ? { ...item, votes: 0 } : item));
  return { items: shown, votes: Map.groupBy(votes, ({ item_id }) => item_id) };
}
