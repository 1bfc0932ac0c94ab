import assert from 'node:assert/strict';
import { type Endpoint, endpoints } from '@attune/contracts';
import { sumUnits } from '@attune/core';
import { eachDatabase } from '../../testing/each-database.ts';
import { addChannel } from '../alerts/channels.ts';
import { openMailReceiver } from '../testing/mail-receiver.ts';
import { openTestReports } from '../testing/open-test-reports.ts';
import { openPostReceiver } from '../testing/post-receiver.ts';
import { until } from '../testing/until.ts';
import type { ReportSources } from './report-sources.ts';

const testOnEachDatabase = eachDatabase();
/** A Wednesday. */
const clock = { now: () => new Date('2026-03-11T10:00:00Z') };
const beforeThat = new Date('2026-01-01T00:00:00Z');

/** Forty people who react once each; so many like it. */
const people = (likes: number) =>
  sumUnits(Array.from({ length: 40 }, (_, person) => ({ count: 1, total: Number(person < likes) })));

const comments = [
  'The visa fee is wrong',
  'The visa fee is missing, ask ann@example.com',
  'The visa fee <b>changed</b>',
].map((comment, index) => ({
  id: `0198c0de-0000-7000-8000-00000000000${index}`,
  query: 'What does a visa cost?',
  comment,
  positive: false,
}));

/** A week that is worse than the one before, with something to do in every respect. */
const badWeek: Partial<ReportSources> = {
  feedback: async ({ to }) => ({
    feedback: 40,
    comments: 3,
    satisfaction: people(to > new Date('2026-03-06') ? 8 : 32),
    rating: sumUnits([]),
    thumbs: people(20),
    harm: people(0),
  }),
  said: async (_, what) =>
    what === 'comments'
      ? comments
      : Array.from({ length: 12 }, () => comments)
          .flat()
          .slice(0, 12),
  models: async () => ({
    registered: [],
    ramps: [],
    experiments: [
      {
        id: '0198c0de-0000-7000-8000-000000000009',
        name: 'Bolder',
        status: 'running',
        winner: null,
        reason: null,
        verdict: 'keep',
        satisfaction: { value: -0.02, ci: [-0.05, 0.01], n: 900 },
      },
      {
        id: '0198c0de-0000-7000-8000-00000000000a',
        name: 'Calmer',
        status: 'running',
        winner: null,
        reason: null,
        verdict: 'deploy',
        satisfaction: null,
      },
    ],
    unmeasured: ['reward@3.0.0'],
    rampedUp: 'reward@2.0.0',
  }),
  newRatings: async () => 240,
  openPairs: async () => 300,
};

await testOnEachDatabase('a quiet week says so, and proposes nothing', async (t, kind) => {
  const { call } = await openTestReports(t, kind, clock);
  const { id, content, actions } = await call('createReport', { body: {} });
  assert.deepEqual(
    content.changes.map(({ verdict }) => verdict),
    Array.from({ length: 9 }, () => 'not_enough_data'),
  );
  assert.deepEqual([content.comments, actions], [{ looked_at: 0, topics: [] }, []]);
  const { items } = await call('listReports', { query: { kind: 'week' } });
  assert.deepEqual(
    items.map((item) => [item.id, item.made_by, item.worse, item.actions]),
    [[id, 'member:1', [], 0]],
  );
  assert.deepEqual((await call('listReports', { query: { kind: 'month' } })).items, []);
});

await testOnEachDatabase('a bad week says what is worse and proposes what to do', async (t, kind) => {
  const reports = await openTestReports(t, kind, clock, badWeek);
  const { call, fetch, other } = reports;
  const report = await call('createReport', { body: { kind: 'week' } });
  assert.deepEqual([report.from, report.to], ['2026-03-05T00:00:00.000Z', '2026-03-12T00:00:00.000Z']);
  const [satisfaction] = report.content.changes;
  assert.equal(satisfaction?.verdict, 'worse');
  assert.ok(Math.abs((satisfaction.change.value ?? 0) + 0.6) < 1e-9);
  assert.deepEqual([satisfaction.now.n, satisfaction.before.n], [40, 40]);
  assert.deepEqual(
    report.actions.map(({ why }) => why.kind),
    [
      'roll_back',
      'end_experiment',
      'promote_experiment',
      'add_rule',
      'measure_gates',
      'open_judging',
      'review_topic',
    ],
  );

  // Every proposal is a call that the API takes.
  const all: Readonly<Record<string, Endpoint>> = endpoints;
  for (const { call: proposed } of report.actions) {
    const endpoint = all[proposed.endpoint];
    if ('params' in proposed) endpoint?.params?.parse(proposed.params);
    if ('body' in proposed) endpoint?.body?.parse(proposed.body);
    assert.equal('body' in proposed, endpoint?.body !== undefined, proposed.endpoint);
  }

  const markdown = await fetch('downloadReport', { params: { id: report.id }, query: { format: 'md' } });
  const text = await markdown.text();
  assert.match(text, /Worse: Satisfaction\./);
  assert.match(text, /20\.0 % \\\[.*n = 40/);
  assert.match(text, /> The visa fee is missing, ask \\\[EMAIL\\\]/);
  const page = await fetch('downloadReport', { params: { id: report.id }, query: { format: 'html' } });
  assert.match(page.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.match(await page.text(), /The visa fee &lt;b&gt;changed/);
  await assert.rejects(call('getReport', { params: { id: report.id } }, other), { code: 'report_not_found' });

  const [first] = report.actions;
  const params = { id: report.id, action: first?.id ?? '' };
  await call('noteReportAction', { params });
  const again = await call('noteReportAction', { params });
  assert.equal(again.actions[0]?.done?.by, 'Tina Trainer');
  assert.equal((await call('listReports', { query: {} })).items[0]?.done, 1);
  const unknown = { id: report.id, action: report.id };
  await assert.rejects(call('noteReportAction', { params: unknown }), { code: 'report_not_found' });
  const acts = await reports.database.sql
    .selectFrom('audit_log')
    .select('action')
    .where('organization', '=', reports.organization)
    .orderBy('position')
    .execute();
  assert.deepEqual(
    acts.map(({ action }) => action),
    ['report.made', 'report.action_done'],
  );
});

await testOnEachDatabase('what was deleted since is quoted no more', async (t, kind) => {
  const there = new Set(comments.slice(1).map(({ id }) => id));
  const { call } = await openTestReports(t, kind, clock, { ...badWeek, stillThere: async () => there });
  const { content } = await call('createReport', { body: {} });
  const quoted = content.comments.topics.flatMap(({ examples }) =>
    examples.map(({ feedback_id }) => feedback_id),
  );
  assert.deepEqual(quoted, [...there]);
});

await testOnEachDatabase(
  'what was missed is made at the start, once by two replicas, and sent where it is wanted',
  async (t, kind) => {
    const [wanted, unwanted] = [await openPostReceiver(), await openPostReceiver()];
    t.after(() => [wanted, unwanted].map((one) => one.close()));
    const login = { user: 'attune', password: 'pelican-password' };
    const mailbox = await openMailReceiver(login);
    t.after(() => mailbox.close());
    const reports = await openTestReports(t, kind, clock, badWeek);
    const { database, organization, box, call } = reports;
    const { sql } = database;
    const add = (channel: Parameters<typeof addChannel>[3]) =>
      addChannel(sql, box, organization, channel, clock.now());
    await add({ kind: 'webhook', name: 'Wanted', url: wanted.url, reports: true });
    await add({ kind: 'slack', name: 'Unwanted', url: unwanted.url, reports: false });
    await add({
      kind: 'email',
      name: 'Owner',
      reports: true,
      host: '127.0.0.1',
      port: mailbox.port,
      security: 'none',
      username: login.user,
      password: login.password,
      from: 'attune@example.com',
      to: ['owner@example.com'],
    });
    await reports.olden(beforeThat);
    await reports.start();
    await reports.start();
    await until(async () => wanted.posts.length === 2 && mailbox.mails.length === 2);
    const { items } = await call('listReports', { query: {} });
    assert.deepEqual(
      items.map((item) => [item.kind, item.from.slice(0, 10), item.to.slice(0, 10), item.made_by]).toSorted(),
      [
        ['month', '2026-02-01', '2026-03-01', null],
        ['week', '2026-03-02', '2026-03-09', null],
      ],
    );
    const posted = wanted.posts.map(({ body }) => JSON.parse(body));
    assert.deepEqual(posted.map(({ type, report }) => [type, report.kind]).toSorted(), [
      ['report', 'month'],
      ['report', 'week'],
    ]);
    assert.equal(unwanted.posts.length, 0);
    const [mail] = mailbox.mails;
    assert.match(mail?.data ?? '', /Subject: Attune: (Weekly|Monthly) report/);
    assert.match(mail?.data ?? '', /multipart\/alternative/);
    assert.match(mail?.data ?? '', /text\/html/);
  },
);
