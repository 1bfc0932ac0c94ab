import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { createClient } from '@attune/sdk';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { readConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { createDataFolder } from '../apps/server/src/platform/db/test-database.ts';
import { findChromium, launchChromium } from './harness/chromium.ts';
import { deployRewardModel } from './harness/reward-model.ts';
import { buildWeb } from './harness/web-build.ts';
import { startUpstream, type Upstream, type UpstreamQuestion } from './upstream.ts';

const HOSTILE = [
  '<script>window.harmed = 1</script> and <img src="https://evil.invalid/raw.png" onerror="window.harmed = 2">',
  '![pixel](https://evil.invalid/pixel.png) ![data](data:image/svg+xml,<svg onload="window.harmed=3"/>)',
  '[run](javascript:window.harmed=4) [data](data:text/html,<script>window.harmed=5</script>) [out](/api/sign-out)',
  '[fine](https://example.org/page)',
  '<iframe src="https://evil.invalid"></iframe><a href="javascript:window.harmed=6" onclick="window.harmed=7">raw</a>',
].join('\n\n');

/** Each sampling strategy gets a text of its own, so that there is something to choose from. */
function reply({ question, temperature }: UpstreamQuestion): string {
  if (question.includes('hostile')) return HOSTILE;
  if (question.includes('long')) return Array.from({ length: 400 }, (_, word) => `word${word}`).join(' ');
  if (temperature === 0.7)
    return 'Wash your hands with soap and water for at least twenty seconds, many times a day.';
  if (temperature === 1)
    return 'Vaccines protect you and the people around you. Ask your doctor which one is right.';
  return 'Stay at home while you feel ill, open the windows, and call ahead before you visit a doctor.';
}

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

async function start(
  upstream: Upstream,
  folder: string,
  settings: Record<string, string>,
): Promise<RunningServer> {
  return startServer(
    readConfig({
      ATTUNE_DATA: folder,
      ATTUNE_PORT: '0',
      ATTUNE_LOG_LEVEL: 'error',
      ATTUNE_UPSTREAM_URL: upstream.url,
      ATTUNE_COMPARE_SHARE: '0',
      ...settings,
    }),
  );
}

/** A server with an upstream and a signed-in page. */
class Scene {
  upstream!: Upstream;
  server!: RunningServer;
  browser!: Browser;
  context!: BrowserContext;
  page!: Page;
  folder = '';
  settings: Record<string, string> = {};
  /** Whatever the page asked of other hosts; must stay empty. */
  readonly strangers: string[] = [];
  /** Errors that the page did not catch. */
  readonly crashes: string[] = [];

  async open(wordDelayMs: number, settings: Record<string, string>): Promise<void> {
    this.settings = settings;
    this.upstream = await startUpstream({ reply, wordDelayMs });
    this.folder = await createDataFolder('migrated');
    this.server = await start(this.upstream, this.folder, settings);
    this.browser = await launchChromium(chromium ?? '');
    this.context = await this.browser.newContext({ viewport: { width: 1640, height: 900 } });
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(20_000);
    const own = new URL(this.server.url).host;
    this.context.on('request', (request) => {
      if (new URL(request.url()).host !== own) this.strangers.push(request.url());
    });
    this.page.on('pageerror', (error) => this.crashes.push(error.message));
  }

  get client() {
    return createClient({ url: this.server.url, apiKey: this.server.localKey });
  }

  /** Stops the server and starts it again under the same address, with the same data. */
  async restart(): Promise<void> {
    await this.server.close();
    await this.page.getByText('Reconnecting').waitFor();
    const settings = { ...this.settings, ATTUNE_PORT: new URL(this.server.url).port };
    this.server = await start(this.upstream, this.folder, settings);
  }

  async signIn(): Promise<void> {
    assert.ok(this.server.adminLink);
    await this.page.goto(this.server.adminLink);
    await this.page.getByLabel('Your question').waitFor();
  }

  async ask(question: string): Promise<Locator> {
    await this.page.getByLabel('Your question').fill(question);
    await this.page.keyboard.press('Enter');
    return this.page.getByRole('article').last();
  }

  counter(label: string): Promise<number> {
    return this.page.locator(`[data-counter="${label}"]`).textContent().then(Number);
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.server?.close();
    await this.upstream?.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

/** Waits until something holds. */
async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`never: ${what}`);
}

before(async () => {
  if (chromium !== null) await buildWeb();
});

describe('a page on a server with a reward model', { skip }, () => {
  const scene = new Scene();
  let model = '';
  before(async () => {
    await scene.open(0, { ATTUNE_THRESHOLD: '0' });
    model = await deployRewardModel(scene.client, 'helpful', 60);
  });
  after(() => scene.close());

  test('a stranger is told how to get in, and a link works once and leaves the address', async () => {
    const { page, server } = scene;
    await page.goto(server.url);
    await page.getByText('./attune admin-link').waitFor();
    await scene.signIn();
    assert.equal(page.url(), `${server.url}/`);
    const other = await scene.browser.newPage();
    await other.goto(server.adminLink ?? '');
    await other.getByRole('alert').getByText('was used already').waitFor();
    await other.close();
  });

  test('a question is answered and its candidates stand there with their scores', async () => {
    const turn = await scene.ask('How do I protect myself?');
    await turn.getByText(`chosen by ${model}`).waitFor();
    await turn.getByRole('button', { name: 'What Attune did 3 candidates' }).click();
    const cards = turn.getByRole('listitem', { name: /candidate/i });
    await cards.nth(2).waitFor();
    assert.equal(await cards.count(), 3);
    assert.equal(await turn.getByRole('listitem', { name: 'Delivered candidate' }).count(), 1);
    const scores = await cards
      .getByRole('meter')
      .evaluateAll((meters) => meters.map((meter) => Number(meter.getAttribute('aria-valuenow'))));
    assert.equal(scores.length, 3);
    assert.ok(scores.every((score) => score > 0 && score < 1));
    assert.equal(Math.max(...scores), scores[0], 'the delivered one comes first and is the best');
    for (const method of ['temperature 0.7', 'temperature 1.0', 'top-k 50']) {
      assert.equal(await cards.getByText(method, { exact: true }).count(), 1, method);
    }
  });

  test('rating and correcting it changes the live counters', async () => {
    const { page } = scene;
    const turn = page.getByRole('article').last();
    await until(async () => (await scene.counter('answers')) >= 1, 'the answer is counted');
    const feedback = await scene.counter('feedback');

    await turn.getByRole('button', { name: 'Good answer' }).click();
    await turn.getByText('Saved. Thank you.').waitFor();
    await until(async () => (await scene.counter('feedback')) === feedback + 1, 'the feedback is counted');

    await turn.getByRole('button', { name: '5 of 5' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('average, n = 1', { exact: true }).waitFor();

    await turn.getByRole('button', { name: 'Details' }).click();
    await turn
      .getByRole('group', { name: /^Accuracy/ })
      .getByRole('button', { name: '4 of 5' })
      .click();
    await turn.getByLabel('Comment').fill('Clear and right.');
    await turn.getByRole('button', { name: 'Save details' }).click();
    await turn.getByText('Accuracy 4/5').waitFor();

    await turn.getByRole('button', { name: 'Correct it' }).click();
    await turn.getByLabel('The answer as it should have been').fill('Wash your hands.');
    await turn.getByRole('button', { name: 'Save correction' }).click();
    await turn.getByText('Your correction').waitFor();
    await page.getByText('1 correction').first().waitFor();

    const { items } = await scene.client.listFeedback({ query: { source: 'expert' } });
    assert.equal(items.length, 1, 'one person, one answer, one feedback');
    assert.equal(items[0]?.rating_overall, 5);
    assert.equal(items[0]?.text_feedback, 'Clear and right.');
    assert.equal(items[0]?.feedback_value.correction, 'Wash your hands.');
  });

  test('a reload keeps the session, the conversation and what was said', async () => {
    const { page } = scene;
    await page.reload();
    const turn = page.getByRole('article').last();
    await turn.getByText('How do I protect myself?').waitFor();
    await turn.getByText('Your correction').waitFor();
    const stars = turn.getByRole('group', { name: 'Rating' }).getByRole('button', { pressed: true });
    assert.equal(await stars.getAttribute('aria-label'), '5 of 5');
  });

  test('the next question belongs to the same session and brings the conversation along', async () => {
    const turn = await scene.ask('And at work?');
    await turn.getByText(/chosen by/).waitFor();
    const { items } = await scene.client.listAnswers({ query: {} });
    const [second, first] = items;
    assert.ok(first?.session_id);
    assert.equal(second?.session_id, first.session_id);
    assert.ok((second?.context.length ?? 0) >= 2);
  });

  test('hostile output stays inert', async () => {
    const turn = await scene.ask('Say something hostile');
    const answer = turn.locator('[data-answer]');
    await answer.getByText(/chosen by/).waitFor();
    const text = answer.locator('.prose-answer').first();
    assert.equal(await text.locator('script, img, iframe, svg[onload], [onclick], [onerror]').count(), 0);
    const links = await text
      .getByRole('link')
      .evaluateAll((all) =>
        all.map((link) => [link.getAttribute('href'), link.getAttribute('rel'), link.getAttribute('target')]),
      );
    const rel = 'noreferrer noopener nofollow';
    assert.deepEqual(links, [
      ['https://evil.invalid/pixel.png', rel, '_blank'],
      ['https://example.org/page', rel, '_blank'],
    ]);
    await text.getByText('run', { exact: true }).click();
    await text.getByText('<script>window.harmed = 1</script>').waitFor();
    assert.equal(await scene.page.evaluate('"harmed" in window'), false);
    assert.deepEqual(scene.strangers, []);
  });

  test('an unsafe answer raises an alert that somebody can take on', async () => {
    const { page } = scene;
    const turn = page.getByRole('article').last();
    await turn.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Report as unsafe' }).click();
    await turn.getByRole('button', { name: /take back/ }).waitFor();
    await until(async () => (await scene.counter('open_alerts')) === 1, 'the alert is open');
    await page.getByRole('link', { name: /^Live/ }).click();
    await page.getByText('Safety report').waitFor();
    await page.getByRole('button', { name: 'I look after it' }).click();
    await until(async () => (await scene.counter('open_alerts')) === 0, 'the alert is closed');
  });

  test('feedback is listed, and a filter narrows it', async () => {
    const { page } = scene;
    await page.getByRole('link', { name: 'Feedback' }).click();
    await page.getByText('How do I protect myself?').first().waitFor();
    await page.getByLabel('Status').selectOption('rejected');
    await page.getByText('Nothing matches these filters.').waitFor();
  });

  test('a model is rolled back by a click, and its traffic is gone', async () => {
    const { page } = scene;
    await page.getByRole('link', { name: 'Models' }).click();
    const traffic = page.getByRole('region', { name: 'Traffic' });
    await traffic.getByText(model).first().waitFor();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(`Rolled back ${model}`).waitFor();
    await traffic.waitFor({ state: 'detached' });
    const { items } = await scene.client.listRamps({ query: {} });
    assert.equal(items[0]?.state, 'rolled_back');
  });

  test('signing out ends the session', async () => {
    const { page, server } = scene;
    await page.getByRole('button', { name: /admin/i }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('./attune admin-link').waitFor();
    assert.equal(await page.evaluate('sessionStorage.length'), 0);
    assert.equal(await page.evaluate('fetch("/api/me").then(({ status }) => status)'), 401);
    assert.equal(page.url().startsWith(server.url), true);
    assert.deepEqual(scene.crashes, []);
  });
});

describe('a page on a server whose model writes word by word', { skip }, () => {
  const scene = new Scene();
  before(async () => {
    await scene.open(15, { ATTUNE_CANDIDATES: '1', ATTUNE_FEEDBACK_PER_MINUTE: '2' });
    await scene.signIn();
  });
  after(() => scene.close());

  test('the answer grows while it is read, and stopping keeps what is there', async () => {
    const turn = await scene.ask('Write something long');
    const text = turn.locator('.prose-answer');
    await text.getByText('word5').waitFor();
    const early = (await textOf(text)).length;
    await until(async () => (await textOf(text)).length > early, 'more words come');
    await scene.page.getByRole('button', { name: 'Stop' }).click();
    await turn.getByText('Stopped before the end.').waitFor();
    const kept = await textOf(text);
    assert.ok(kept.startsWith('word0 word1') && !kept.includes('word399'));
  });

  test('who scrolls up while it is written is left alone', async () => {
    const { page } = scene;
    await page.setViewportSize({ width: 1640, height: 480 });
    const turn = await scene.ask('Write something long again');
    await turn.locator('.prose-answer').getByText('word150').waitFor();
    const box = page.getByRole('region', { name: 'Conversation' });
    const top = () => box.evaluate((element) => element.scrollTop);
    const followed = await top();
    assert.ok(followed > 0, 'the end is kept in view before anybody scrolls');
    await box.hover();
    await page.mouse.wheel(0, -60);
    await until(async () => (await top()) < followed, 'the wheel moves the text');
    await turn.locator('.prose-answer').getByText('word250').waitFor();
    const held = await top();
    await turn.locator('.prose-answer').getByText('word300').waitFor();
    assert.equal(await top(), held);
    await page.getByRole('button', { name: 'To the newest text' }).click();
    await until(async () => (await top()) > held, 'one click leads to the end');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.setViewportSize({ width: 1640, height: 900 });
  });

  test('Enter sends; Shift+Enter and an Enter that ends a composition do not', async () => {
    const { page } = scene;
    const field = page.getByLabel('Your question');
    const turns = await page.getByRole('article').count();
    await field.fill('first');
    await page.keyboard.press('Shift+Enter');
    await field.pressSequentially('second');
    await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    assert.equal(await field.inputValue(), 'first\nsecond');
    assert.equal(await page.getByRole('article').count(), turns);
    await page.keyboard.press('Enter');
    await page.getByRole('article').nth(turns).getByText('No reward model yet').waitFor();
  });

  test('feedback that is refused is taken back, with the reason', async () => {
    const { page } = scene;
    const turn = page.getByRole('article').last();
    const rating = turn.getByRole('group', { name: 'Rating' });
    const shown = () =>
      rating.getByRole('button', { pressed: true }).first().getAttribute('aria-label', { timeout: 5000 });
    for (const stars of ['3 of 5', '4 of 5']) {
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/assistant/feedback'));
      await rating.getByRole('button', { name: stars }).click();
      assert.equal((await answered).status(), 201);
    }
    await rating.getByRole('button', { name: '1 of 5' }).click();
    await page.getByText('Too many requests.').first().waitFor();
    await page
      .getByText(/Try again in \d+ seconds/)
      .first()
      .waitFor();
    await until(async () => (await shown()) === '4 of 5', 'the refused stars are gone');
  });

  test('the counters come back when the server has been away, and the session is still there', async () => {
    const { page } = scene;
    const answers = await scene.counter('answers');
    await scene.restart();
    await page.getByRole('region', { name: 'Live counters' }).getByText('Live', { exact: true }).waitFor();
    const turn = await scene.ask('Are you back?');
    await turn.getByText('No reward model yet').waitFor();
    await until(async () => (await scene.counter('answers')) === answers + 1, 'the answer is counted');
  });

  test('an error of the model is said with a hint, and asking again works', async () => {
    const { page } = scene;
    await scene.upstream.close();
    const failed = await scene.ask('Is anybody there?');
    const notice = failed.getByRole('alert');
    await notice.waitFor({ timeout: 60_000 });
    assert.match(await textOf(notice), /upstream/i);
    await notice.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(scene.crashes, []);
    assert.deepEqual(scene.strangers, []);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByText('What would you like to know?').waitFor();
  });
});
