import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { ChatResponse } from '@attune/contracts';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { cutOff, findingsInEveryLook, seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, type WebScene } from './harness/web-scene.ts';

/** What is checked, each page with a sign that it has drawn what it reads from the server. */
const pages: readonly { name: string; path: string; ready: (page: Page) => Promise<unknown> }[] = [
  { name: 'ask', path: '/', ready: (page) => page.getByRole('textbox').first().waitFor() },
  {
    name: 'conversation',
    path: '/?c=tour',
    // One answer that was chosen before, one beside another to choose from.
    ready: (page) => page.locator('[data-answer] .prose-answer').nth(2).waitFor(),
  },
  {
    name: 'feedback',
    path: '/feedback',
    ready: (page) => page.getByText('How long is it?').first().waitFor(),
  },
  { name: 'review', path: '/review', ready: (page) => page.getByRole('article').waitFor() },
  {
    name: 'review table',
    path: '/review?view=table&order=newest&min_rating=1',
    ready: (page) => page.locator('[data-row]').first().waitFor(),
  },
  { name: 'pairs', path: '/pairs', ready: (page) => page.locator('[data-row-link]').first().waitFor() },
  { name: 'new pair', path: '/pairs/new', ready: (page) => page.locator('textarea').first().waitFor() },
  { name: 'data sets', path: '/datasets', ready: (page) => page.getByRole('table').waitFor() },
  {
    name: 'new data set',
    path: '/datasets/new',
    ready: (page) => page.locator('section[aria-busy=false]').waitFor(),
  },
  {
    name: 'report',
    path: '/datasets/tour',
    ready: (page) => page.locator('[role=tabpanel] dl').first().waitFor(),
  },
  {
    name: 'export',
    path: '/datasets/tour?tab=export',
    ready: (page) => page.locator('pre').first().waitFor(),
  },
  { name: 'card', path: '/datasets/tour?tab=card', ready: (page) => page.locator('article').waitFor() },
  {
    name: 'versions',
    path: '/datasets/tour?tab=versions',
    ready: (page) => page.locator('[role=tabpanel] li').first().waitFor(),
  },
  {
    name: 'lineage',
    path: '/datasets/tour?tab=lineage',
    ready: (page) => page.locator('svg a').first().waitFor(),
  },
  {
    name: 'import',
    path: '/import',
    ready: (page) => page.locator('input[type=file]').waitFor({ state: 'attached' }),
  },
  { name: 'training', path: '/training', ready: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
  { name: 'new run', path: '/training/new', ready: (page) => page.getByLabel('batch_size').waitFor() },
  { name: 'models', path: '/models', ready: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
  {
    name: 'experiments',
    path: '/experiments',
    ready: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'new experiment',
    path: '/experiments/new',
    ready: (page) => page.locator('input[type=number]').last().waitFor(),
  },
  { name: 'live', path: '/live', ready: (page) => page.locator('[data-counter]').first().waitFor() },
  { name: 'alerts', path: '/alerts', ready: (page) => page.locator('main li').first().waitFor() },
  {
    name: 'rules of alerts',
    path: '/alerts?tab=rules',
    ready: (page) => page.locator('[data-rule]').first().waitFor(),
  },
  {
    name: 'silences',
    path: '/alerts?tab=silences',
    ready: (page) => page.getByRole('tab').first().waitFor(),
  },
  {
    name: 'channels',
    path: '/alerts?tab=channels',
    ready: (page) => page.getByRole('tab').first().waitFor(),
  },
  {
    name: 'trends',
    path: '/trends',
    ready: (page) => page.locator('[data-panel=cost] h3').waitFor(),
  },
  { name: 'dashboard', path: '/dashboard', ready: (page) => page.getByRole('table').last().waitFor() },
  {
    name: 'reports',
    path: '/reports',
    ready: (page) => page.locator('main li').first().waitFor(),
  },
  { name: 'your settings', path: '/settings', ready: (page) => page.getByRole('switch').waitFor() },
  {
    name: 'organisation',
    path: '/settings?tab=organization',
    ready: (page) => page.getByRole('radio').first().waitFor(),
  },
  { name: 'members', path: '/settings?tab=members', ready: (page) => page.getByRole('table').waitFor() },
  { name: 'keys', path: '/settings?tab=keys', ready: (page) => page.getByRole('table').waitFor() },
  { name: 'nowhere', path: '/nowhere', ready: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
];

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('every page, however it is looked at', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_COMPARE_SHARE: '1' });
    await furnish(scene);
  });
  after(() => scene?.close());

  /** Opens every page in a context of its own and gives what is found there. */
  const findings = async (
    t: TestContext,
    look: (page: Page) => Promise<string[]>,
    options: BrowserContextOptions,
    language: 'en' | 'vi',
  ): Promise<string[]> => {
    const context = await scene.browser.newContext({
      locale: 'en-GB',
      ...options,
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.addInitScript(`localStorage.setItem('attune-language', '${language}')`);
    const found: string[] = [];
    for (const { name, path, ready } of pages) {
      await page.goto(`${scene.server.url}${path}`);
      await ready(page);
      found.push(...(await look(page)).map((finding) => `${name}, ${finding}`));
    }
    return found;
  };

  test('light, dark, reduced motion, 200 %: no serious or critical finding, nothing cut off at the side', async (t) => {
    assert.deepEqual(await findings(t, findingsInEveryLook, {}, 'en'), []);
  });

  test('the same on a phone in Vietnamese', async (t) => {
    const look = async (page: Page) => [...(await seriousFindings(page)), ...(await cutOff(page))];
    assert.deepEqual(await findings(t, look, { viewport: { width: 390, height: 844 } }, 'vi'), []);
  });

  test('dialogs, menus and the palette too', async (t) => {
    const page = await scene.admin.newPage();
    t.after(() => page.close());
    await page.goto(`${scene.server.url}/settings?tab=keys`);
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('dialog').waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'list of keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'palette');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /admin$/ }).click();
    await page.getByRole('menu').waitFor();
    assert.deepEqual(await seriousFindings(page), [], 'account menu');
    assert.deepEqual(scene.crashes, []);
  });
});

/** Something on every page: an answer, feedback on it, an alert, and a report. */
async function furnish({ client, server, admin }: WebScene): Promise<void> {
  await addDataset(client);
  const answers = [
    { text: 'About **two** metres:\n\n```js\nlet long = 2;\n```' },
    { text: 'Nobody measured it.' },
  ];
  await client.addRecordedAnswers({ body: { items: [{ query: 'How long is it?', answers }] } });
  const messages = [{ role: 'user' as const, content: 'How long is it?' }];
  const { attune } = await client.chatCompletions({ body: { model: 'recorded', messages } });
  await client.giveFeedback({
    body: { response_id: attune.response_id, rating: 2, comment: 'Too long.', safety_issue: true },
  });
  const asAdmin = async (path: string, data: object) => {
    const response = await admin.request.post(`${server.url}${path}`, {
      data,
      headers: { origin: server.url },
    });
    assert.ok(response.ok(), await response.text());
    return response.json();
  };
  const asked = { model: 'recorded', messages, attune: { session_id: 'tour' } };
  const first = ChatResponse.parse(await asAdmin('/v1/chat/completions', asked)).attune;
  const { response_id, compare } = first;
  if (compare === null) throw new Error('No comparison was offered.');
  const [left, right] = [compare.delivered_candidate_id, compare.candidate_id];
  const comparison = { left, right, verdict: 'left', chosen: left, rejected: right };
  const quote = { exact: first.response.includes('two') ? 'two' : 'Nobody' };
  const note = { quote, position: { start: 0, end: 3 }, label: 'Wrong', severity: 'major' };
  await asAdmin('/api/assistant/feedback', { response_id, comparison });
  await asAdmin('/api/assistant/feedback', { response_id, note });
  await asAdmin('/api/assistant/feedback', { response_id, thumbs: 'down', correction: 'Two metres.' });
  const next = { session_id: 'tour', parent_response_id: response_id };
  await asAdmin('/v1/chat/completions', { ...asked, attune: next });
  await client.createReport({ body: {} });
}

/** A frozen data set of good and bad answers, and a pair that is in none. */
async function addDataset(client: WebScene['client']): Promise<void> {
  const rows = Array.from({ length: 8 }, (_, n) => ({
    line: n + 1,
    data: {
      user_prompt: `What is case ${n >> 1}?`,
      ai_response: n % 2 === 0 ? `Ask ann${n}@example.com.` : `Nobody knows number ${n}.`,
      rating: n % 2 === 0 ? 5 : 1,
    },
  }));
  await client.importRatings({ body: { rows } });
  const { id } = await client.createDataset({ body: { name: 'tour', query: {} } });
  await client.updateDataset({ params: { id }, body: { status: 'ready' } });
  const texts = { query: 'How deep is it?', chosen_response: 'Three metres.', rejected_response: 'Deep.' };
  await client.createPair({ body: texts });
}
