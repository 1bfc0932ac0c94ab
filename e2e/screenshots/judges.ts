import type { Endpoints, JudgingAnswers, JudgingTask, SentBy } from '@attune/contracts';
import { type DemoQuestion, meanRating } from '../../apps/server/src/cli/demo/corpus.ts';
import { goBackTo } from './moved-clock.ts';
import type { Person, Team } from './people.ts';

type Project = SentBy<Endpoints['createJudgingProject']>['body'];
type DemoAnswer = DemoQuestion['answers'][number];

const GUIDELINES = `# Which answer would you send?

Read the question as its sender meant it. Prefer the answer that

1. answers *this* question, not one like it,
2. says what to do, and
3. leaves nothing important out.

Length alone is no merit. Say **both bad** when you would send neither.`;

const questions = [
  { id: 'better', kind: 'pairwise', title: 'Which answer would you send?' },
  {
    id: 'stars',
    kind: 'stars',
    title: 'How well does each answer the question?',
    dimensions: [{ key: 'answers', title: 'Answers it' }],
    required: false,
  },
] as const satisfies Project['questions'];

/** When the first vote is cast, and how long one takes. */
export const FIRST_VOTE_DAYS_AGO = 0.1;
const SECONDS_A_VOTE = 40;
const DAY_SECONDS = 86_400;

/** Which of an answer's two raters a judge goes by, for the first and for the second answer of a pair. */
type Eyes = readonly [number, number];

export interface Judging {
  /** The project with votes, and one with none. */
  readonly project: string;
  readonly untouched: string;
}

/**
 * Two judging projects. The votes of the first follow from the ratings that the corpus' people gave each answer: every
 * judge goes by other raters, so that they differ where those differed. Mai leaves some of hers for the picture.
 */
export async function judge(team: Team, corpus: readonly DemoQuestion[]): Promise<Judging> {
  const { mai, jonas, priya } = team;
  const judges = [mai, jonas, priya].map(({ id }) => id);
  const project = await runProject(mai, corpus, {
    name: 'Public health: which answer would you send?',
    guidelines: GUIDELINES,
    questions: [...questions],
    judges,
    judges_per_item: 3,
    control_share: 0.1,
  });
  const judgeOf = (person: Person, eyes: Eyes) => ({ client: person.client, project, corpus, eyes });
  const shift = new Shift();
  await shift.vote(judgeOf(jonas, [0, 0]));
  await shift.vote(judgeOf(priya, [1, 1]));
  await shift.vote(judgeOf(mai, [0, 1]), 52);
  await adjudicateOne(mai, project);
  const untouched = await runProject(mai, corpus.slice(100), {
    name: 'Second look',
    guidelines: GUIDELINES,
    questions: [questions[0]],
    judges: [mai.id],
    judges_per_item: 1,
  });
  return { project, untouched };
}

async function runProject(
  { client }: Person,
  corpus: readonly DemoQuestion[],
  body: Project,
): Promise<string> {
  const { id } = await client.createJudgingProject({ body });
  const items = corpus.slice(0, 64).map((question) => {
    const [first, second] = question.answers;
    return { query: question.question, responses: [{ text: first?.text }, { text: second?.text }] };
  });
  const controls = body.control_share === undefined ? [] : corpus.slice(64).flatMap(controlOf).slice(0, 6);
  const rows = [...items, ...controls].map((data, index) => ({ line: index + 1, data }));
  const params = { id };
  const { errors } = await client.addJudgingItems({ params, body: { from: 'rows', rows } });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  await client.updateJudgingProject({ params, body: { status: 'running' } });
  return id;
}

/** Where both raters found one answer excellent and the other bad, the answer is known. */
function controlOf({ question, answers: [first, second] }: DemoQuestion) {
  if (first === undefined || second === undefined) return [];
  if (meanRating(first) !== 5 || meanRating(second) !== 1) return [];
  const answers: JudgingAnswers = { better: { kind: 'pairwise', choice: 'r1' } };
  const responses = [{ text: first.text }, { text: second.text }];
  return [{ query: question, responses, control: { answers, explanation: 'Only one of them answers.' } }];
}

interface Seat {
  readonly client: Person['client'];
  readonly project: string;
  readonly corpus: readonly DemoQuestion[];
  readonly eyes: Eyes;
}

/** An afternoon of votes, one after the other, at the pace of a person. */
class Shift {
  #votes = 0;

  /** Votes on what is left, or on so many. */
  async vote({ client, project, corpus, eyes }: Seat, most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let given = 0; given < most; given += 1) {
      const [task] = (await client.nextToJudge({ query: { project, count: 1 } })).tasks;
      if (task === undefined) return;
      this.#votes += 1;
      goBackTo(FIRST_VOTE_DAYS_AGO - (this.#votes * SECONDS_A_VOTE) / DAY_SECONDS);
      const answers = answersTo(task, corpus, eyes);
      const time_spent_ms = 8000 + ((given * 7919) % 30_000);
      await client.judge({ params: { id: task.id }, body: { answers, time_spent_ms } });
    }
  }
}

function answersTo(task: JudgingTask, corpus: readonly DemoQuestion[], eyes: Eyes): JudgingAnswers {
  const rated = task.responses.map(({ key, text }) => ({
    key,
    rating: ratingOf(task.query, text, corpus, eyes),
  }));
  const [a, b] = rated;
  if (a === undefined || b === undefined) throw new Error('A pair has two responses.');
  return {
    better: { kind: 'pairwise', ...verdict(a, b) },
    stars: {
      kind: 'stars',
      stars: Object.fromEntries(rated.map(({ key, rating }) => [key, { answers: rating }])),
    },
  };
}

type Rated = { readonly key: string; readonly rating: number };

function verdict(a: Rated, b: Rated): { choice: string; strength?: number } {
  if (a.rating === b.rating) return { choice: a.rating <= 2 ? 'both_bad' : 'tie' };
  const choice = a.rating > b.rating ? a.key : b.key;
  return { choice, strength: Math.min(3, Math.abs(a.rating - b.rating)) };
}

/** What this judge's rater said of an answer; where it stands in the corpus decides who that is. */
function ratingOf(query: string, text: string, corpus: readonly DemoQuestion[], eyes: Eyes): number {
  const answers: readonly DemoAnswer[] = corpus.find(({ question }) => question === query)?.answers ?? [];
  const place = answers.findIndex((answer) => answer.text === text);
  const rating = answers[place]?.ratings[eyes[place === 0 ? 0 : 1]];
  if (rating === undefined) throw new Error(`Nobody rated this answer to: ${query}`);
  return rating;
}

async function adjudicateOne({ client }: Person, project: string): Promise<void> {
  const { items } = await client.listDisagreements({ params: { id: project }, query: { limit: 1 } });
  const [item] = items;
  if (item === undefined) throw new Error('The judges agree about everything.');
  await client.adjudicate({
    params: { id: item.id },
    body: {
      answers: { better: { kind: 'pairwise', choice: 'r1', strength: 1 } },
      note: 'It says what to do.',
    },
  });
}
