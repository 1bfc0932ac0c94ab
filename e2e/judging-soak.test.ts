import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttuneClient, createClient } from '@attune/sdk';
import { databases } from './harness/databases.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const PAIRS = 300;
const CONTROLS = 20;
const JUDGES = 10;
const PER_ITEM = 3;

interface JudgeOnServer {
  readonly id: string;
  readonly client: AttuneClient;
}

async function judgeOn(server: ServerProcess, number: number): Promise<JudgeOnServer> {
  const { id, key } = await server.client.createKey({ body: { name: `judge ${number}`, role: 'rater' } });
  return { id, client: createClient({ url: server.url, apiKey: key }) };
}

async function startProject({ client }: ServerProcess, judges: readonly string[]): Promise<string> {
  const { id } = await client.createJudgingProject({
    body: {
      name: 'Soak',
      questions: [{ id: 'better', kind: 'pairwise', title: 'Which is better?' }],
      judges: [...judges],
      judges_per_item: PER_ITEM,
      control_share: 0.1,
    },
  });
  const rows = Array.from({ length: PAIRS + CONTROLS }, (_, n) => ({
    line: n + 1,
    data: {
      query: `Question ${n}?`,
      responses: [{ text: `Good ${n}.` }, { text: `Bad ${n}.` }],
      ...(n < PAIRS ? {} : { control: { answers: { better: { kind: 'pairwise', choice: 'r1' } } } }),
    },
  }));
  const added = await client.addJudgingItems({ params: { id }, body: { from: 'rows', rows } });
  assert.deepEqual([added.added, added.errors], [PAIRS + CONTROLS, []]);
  await client.updateJudgingProject({ params: { id }, body: { status: 'running' } });
  return id;
}

/** Judges until nothing is missing, five items at a time; skips some and takes some back. */
async function work(server: ServerProcess, project: string, { client }: JudgeOnServer, number: number) {
  const votes = new Set<string>();
  for (let turn = 0; ; turn++) {
    const { tasks } = await client.nextToJudge({ query: { project, count: 5 } });
    if (tasks.length === 0) {
      const { counts } = await server.client.getJudgingProject({ params: { id: project } });
      if (counts.missing === 0) return votes;
      await sleep(20);
    }
    for (const { id, query, responses } of tasks) {
      const params = { id };
      const question = Number(/\d+/.exec(query)?.[0]);
      if (question % 25 === number && question < PAIRS) {
        await client.judge({ params, body: { skip: { reason: 'cannot_judge' } } });
        continue;
      }
      const choice = responses.find(({ text }) => text.startsWith('Good'))?.key ?? '';
      const body = { answers: { better: { kind: 'pairwise' as const, choice } }, time_spent_ms: 1000 };
      await client.judge({ params, body });
      if (turn % 7 === 3) {
        await client.undoJudgement({ params });
        await client.judge({ params, body });
        await client.judge({ params, body });
      }
      votes.add(id);
    }
  }
}

async function allItems({ client }: ServerProcess, project: string) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await client.listJudgingItems({
      params: { id: project },
      query: { kind: 'item', limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    });
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

for (const database of databases) {
  describe(`ten judges in one project on ${database.name}`, () => {
    test('judge three hundred pairs: nothing lost, each exactly by three people', async (t) => {
      const prepared = await database.prepare();
      if ('missing' in prepared) return t.skip(prepared.missing);
      const server = await startProcess(await tempFolder(), prepared.settings);
      t.after(() => server.stop());
      const judges = await Promise.all(Array.from({ length: JUDGES }, (_, n) => judgeOn(server, n)));
      const project = await startProject(
        server,
        judges.map(({ id }) => id),
      );
      const cast = await Promise.all(judges.map((judge, number) => work(server, project, judge, number)));

      const items = await allItems(server, project);
      assert.equal(items.length, PAIRS);
      const kept = new Set<string>();
      for (const { id, votes } of items) {
        const { judgements } = await server.client.getJudgingItem({ params: { id } });
        const given = judgements.filter(({ skip }) => skip === null);
        assert.equal(given.length, PER_ITEM);
        assert.equal(votes, PER_ITEM);
        assert.equal(new Set(given.map(({ judge }) => judge)).size, PER_ITEM);
        for (const vote of given) {
          assert.deepEqual(vote.answers, { better: { kind: 'pairwise', choice: 'r1' } });
          kept.add(vote.id);
        }
      }
      const acknowledged = cast.reduce((all, votes) => all.union(votes), new Set<string>());
      assert.deepEqual(kept.difference(acknowledged), new Set());
      const report = await server.client.judgingAgreement({ params: { id: project } });
      assert.deepEqual([report.items, report.judgements], [PAIRS, PAIRS * PER_ITEM]);
      const onControls = report.judges.reduce((sum, judge) => sum + judge.control_accuracy.n, 0);
      assert.equal(kept.size + onControls, acknowledged.size);
      const { count } = await server.client.pairsFromJudging({ params: { id: project }, body: {} });
      assert.equal(count, PAIRS);
    });
  });
}
