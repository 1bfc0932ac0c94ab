import type { Endpoints, SentBy } from '@attune/contracts';
import type { WebScene } from './web-scene.ts';

type Project = SentBy<Endpoints['createJudgingProject']>['body'];
type Rows = Extract<SentBy<Endpoints['addJudgingItems']>['body'], { from: 'rows' }>['rows'];

/** Which of two responses is better, in three levels. */
export const better = { id: 'better', kind: 'pairwise', title: 'Which response is better?' } as const;

const option = (key: string, title: string) => ({ key, title });

/** A question of every kind. */
export const allKinds = [
  { ...better, allow_tie: false },
  { id: 'order', kind: 'ranking', title: 'Order them' },
  { id: 'rated', kind: 'stars', title: 'Rate them', dimensions: [option('clear', 'Clarity')] },
  {
    id: 'topic',
    kind: 'labels',
    title: 'Topics',
    multiple: true,
    options: [option('length', 'Length'), option('place', 'Place')],
  },
  { id: 'faults', kind: 'spans', title: 'Faults', options: [option('wrong', 'Wrong')] },
  { id: 'why', kind: 'text', title: 'Why?', required: false },
] as const satisfies Project['questions'];

/** Pairs whose good response names its question. */
export function pairRows(count: number): Rows {
  return Array.from({ length: count }, (_, n) => ({
    line: n + 1,
    data: {
      query: `How long is bridge ${n + 1}?`,
      responses: [
        { text: `Good: bridge ${n + 1} is **two** metres long.`, model: 'model-x' },
        { text: `Bad: nobody knows how long bridge ${n + 1} is.`, model: 'model-y' },
      ],
    },
  }));
}

/** Runs a project with these members, and programs by the ids of their keys, as its judges; resolves to its id. */
export async function runProject(
  { client }: WebScene,
  emails: readonly string[],
  settings: Partial<Project>,
  rows: Rows,
  { keys = [] }: { keys?: readonly string[] } = {},
): Promise<string> {
  const { items: members } = await client.listMembers({ query: { limit: 100 } });
  const named = members.filter(({ email }) => emails.includes(email)).map(({ id }) => id);
  const judges = [...named, ...keys];
  const { id } = await client.createJudgingProject({
    body: { name: 'Bridges', questions: [better], judges_per_item: 1, ...settings, judges },
  });
  const params = { id };
  const { errors } = await client.addJudgingItems({ params, body: { from: 'rows', rows } });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  await client.updateJudgingProject({ params, body: { status: 'running' } });
  return id;
}

/** Everything that was voted on in a project, with its votes. */
export async function votesOf({ client }: WebScene, project: string) {
  const { items } = await client.listJudgingItems({ params: { id: project }, query: { limit: 100 } });
  return Promise.all(items.map(({ id }) => client.getJudgingItem({ params: { id } })));
}
