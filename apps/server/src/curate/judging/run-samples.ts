import type { JudgedSamples } from '@attune/contracts';
import { bootstrap, mean } from '@attune/core';
import { systemActor } from '../curate.ts';
import { byMajority } from './duel-outcome.ts';
import { duelsOf } from './duels.ts';
import { insertItems } from './item-store.ts';
import type { Judging } from './judging.ts';
import { draftProject, findProject } from './projects.ts';
import type { NewItem } from './sources/new-item.ts';
import { type ItemRow, votesOn } from './vote-store.ts';

/** What a policy wrote at a step of its run, beside what was written before for the same question. */
export interface SamplePair {
  readonly step: number;
  readonly query: string;
  /** The turns before it as one text; '' or left out where it was the first question. */
  readonly context?: string;
  readonly current: NewItem['responses'][number];
  readonly before: NewItem['responses'][number];
}

/** Samples of training runs as people judge them. */
export interface RunSamples {
  /**
   * The project that is asked for, or a new draft: a curator chooses its judges and runs it.
   * @throws AttuneError `judging_project_not_found`
   */
  open(organization: string, project: string | null, name: string): Promise<string>;
  /** Adds pairs of a job; those that are there already stay as they are. */
  add(organization: string, project: string, job: string, pairs: readonly SamplePair[]): Promise<void>;
  /** How the pairs of a job stand. */
  standing(organization: string, job: string): Promise<Omit<JudgedSamples, 'project_id'>>;
}

/** The current response stands first in an item; judges see both in a drawn order. */
const CURRENT = 0;
const SEED = 1;

export function openRunSamples(judging: Judging): RunSamples {
  return {
    open: async (organization, project, name) => {
      if (project !== null) return (await findProject(judging.db, organization, project)).id;
      return (await draftProject(judging, systemActor(organization), draftOf(name))).id;
    },
    add: (organization, project, job, pairs) => addPairs(judging, organization, project, job, pairs),
    standing: (organization, job) => standingOf(judging, organization, job),
  };
}

function draftOf(name: string) {
  const question = {
    id: 'better',
    kind: 'pairwise',
    title: 'Which response is better?',
    required: true,
    strength_levels: 3,
    allow_tie: true,
    allow_both_bad: true,
  } as const;
  return {
    name: name.slice(0, 200),
    guidelines: '',
    questions: [question],
    judges_per_item: 1,
    judges: [],
    quota: null,
    control_share: 0,
    training_round: 0,
    reveal_after_vote: false,
  };
}

async function addPairs(
  { db, changed }: Judging,
  organization: string,
  id: string,
  job: string,
  pairs: readonly SamplePair[],
): Promise<void> {
  const project = await findProject(db, organization, id);
  const items = pairs.map(
    ({ step, query, context = '', current, before }): NewItem => ({
      kind: 'item',
      query,
      context: context || null,
      responses: [current, before],
      known: null,
      source: { kind: 'run', id: `${job}/${step}` },
    }),
  );
  if ((await insertItems(db, project, items)) > 0) changed(organization);
}

async function standingOf({ db }: Judging, organization: string, job: string) {
  const items = await db
    .selectFrom('judging_items')
    .selectAll()
    .where('organization', '=', organization)
    .where('source_kind', '=', 'run')
    .where('source_id', 'like', `${job}/%`)
    .execute();
  const done = items.filter(({ votes, wanted, adjudication }) => votes >= wanted || adjudication !== null);
  const verdicts = await verdictsOn(db, organization, done);
  const count = (verdict: Verdict['verdict']) => verdicts.filter((one) => one.verdict === verdict).length;
  return {
    pairs: items.length,
    judged: verdicts.length,
    wins: count('win'),
    ties: count('tie'),
    losses: count('loss'),
    both_bad: count('both_bad'),
    win_rate: winRate(verdicts),
  };
}

interface Verdict {
  /** The question with what was said before it. */
  readonly question: string;
  readonly verdict: 'win' | 'tie' | 'loss' | 'both_bad';
}

/** What judges made of items, each by the first question of its project that compares two responses. */
async function verdictsOn(
  db: Judging['db'],
  organization: string,
  items: readonly ItemRow[],
): Promise<Verdict[]> {
  const votes = Map.groupBy(
    await votesOn(
      db,
      items.map(({ id }) => id),
    ),
    ({ item_id }) => item_id,
  );
  const projects = new Map<string, Awaited<ReturnType<typeof findProject>>>();
  for (const id of new Set(items.map(({ project_id }) => project_id))) {
    projects.set(id, await findProject(db, organization, id));
  }
  return items.flatMap((item) => {
    const question = projects.get(item.project_id)?.questions.find(({ kind }) => kind === 'pairwise');
    if (question?.kind !== 'pairwise') return [];
    const decision = item.adjudication?.answers[question.id];
    const answers =
      decision === undefined
        ? (votes.get(item.id) ?? []).flatMap(({ judge, answers: given }) => {
            const answer = given[question.id];
            return answer === undefined ? [] : [{ judge, answer }];
          })
        : [{ judge: 'adjudication', answer: decision }];
    const [duel] = duelsOf(question, { id: item.id, responses: item.responses.length }, answers);
    if (duel === undefined || duel.votes.length === 0) return [];
    return [{ question: JSON.stringify([item.query, item.context]), verdict: verdictOf(byMajority(duel)) }];
  });
}

function verdictOf(outcome: ReturnType<typeof byMajority>): Verdict['verdict'] {
  if ('neither' in outcome) return outcome.neither === 'both_bad' ? 'both_bad' : 'tie';
  return outcome.lead > 0 === (CURRENT === 0) ? 'win' : 'loss';
}

/** By question, since samples of one question at several steps depend on each other. */
function winRate(verdicts: readonly Verdict[]) {
  const points = { win: 1, tie: 0.5, loss: 0 };
  const scored = verdicts.flatMap(({ question, verdict }) =>
    verdict === 'both_bad' ? [] : [{ question, points: points[verdict] }],
  );
  if (scored.length === 0) return null;
  const groups = [...Map.groupBy(scored, ({ question }) => question).values()];
  const { value, ci, n } = bootstrap(groups, (rows) => mean(rows.map((row) => row.points)), { seed: SEED });
  const bound = (limit: number) => (Number.isFinite(limit) ? limit : null);
  return { value, ci: [bound(ci[0]), bound(ci[1])] as [number | null, number | null], n };
}
