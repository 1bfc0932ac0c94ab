import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AttuneAnswer } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { startTranscriptionEndpoint } from '../apps/server/src/collect/testing/transcription-endpoint.ts';
import { readConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium, launchChromium } from './harness/chromium.ts';
import { followWrites, reloadWhenWritten } from './harness/reload.ts';
import { dataFolder, tempFolder } from './harness/temp-folder.ts';

const sources = join(dirname(fileURLToPath(import.meta.url)), '../packages/react/testing');
const answers = [
  'Wash your hands with soap. Do so for twenty seconds. Dry them well.',
  'Stay at home while you feel ill. Call a doctor before you visit one.',
];
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

/** The page of some application: on another origin than Attune. */
async function serveApplication(): Promise<{ url: string; server: Server }> {
  const folder = await tempFolder();
  await build({ root: sources, logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '/');
    readFile(join(folder, path)).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, server };
}

describe('@attune/react on the page of another application', { skip }, () => {
  let attune: RunningServer;
  let application: { url: string; server: Server };
  let browser: Browser;

  before(async () => {
    attune = await startServer(
      readConfig({
        ATTUNE_DATA: await dataFolder(),
        ATTUNE_PORT: '0',
        ATTUNE_LOG_LEVEL: 'error',
        ATTUNE_COMPARE_SHARE: '1',
      }),
    );
    application = await serveApplication();
    browser = await launchChromium(chromium ?? '', [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ]);
    await record(client());
  });
  after(async () => {
    await browser?.close();
    application?.server.close();
    await attune?.close();
  });

  const client = () => createClient({ url: attune.url, apiKey: attune.localKey });

  const record = (at: AttuneClient) =>
    at.addRecordedAnswers({
      body: { items: [{ query: 'How?', answers: answers.map((text) => ({ text })) }] },
    });

  async function ask(at = client()): Promise<AttuneAnswer> {
    const messages = [{ role: 'user' as const, content: 'How?' }];
    const { attune: answer } = await at.chatCompletions({ body: { model: 'recorded', messages } });
    return answer;
  }

  async function open(
    answer: AttuneAnswer,
    token = answer.feedback_token,
    baseUrl = attune.url,
  ): Promise<Page> {
    const context = await browser.newContext();
    followWrites(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const shown = {
      baseUrl,
      responseId: answer.response_id,
      feedbackToken: token,
      answer: answer.response,
      offer: answer.compare,
    };
    await page.goto(`${application.url}#${encodeURIComponent(JSON.stringify(shown))}`);
    await page.getByRole('button', { name: 'Good answer' }).waitFor();
    return page;
  }

  async function keptOn({ response_id }: AttuneAnswer) {
    const { items } = await client().listFeedback({ query: { response_id } });
    return items;
  }

  const thanks = (page: Page) => page.getByText('Thank you. Your feedback is kept.').waitFor();
  const pressed = (page: Page, name: string) =>
    page.getByRole('button', { name, pressed: true, exact: true }).waitFor();

  test('thumbs, reasons, comment and correction by mouse survive a reload and can be taken back', async () => {
    const answer = await ask();
    const page = await open(answer);
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await page.getByRole('button', { name: 'Incomplete' }).click();
    await page.getByRole('button', { name: 'Say more' }).click();
    await page.getByLabel('Comment').fill('It lacks the soap.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Correct it' }).click();
    await page.getByLabel('The answer as it should have been').fill(`${answer.response} And rest.`);
    await page.locator('ins', { hasText: 'And rest.' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('The answer as it should have been').waitFor({ state: 'detached' });

    await reloadWhenWritten(page);
    await pressed(page, 'Bad answer');
    await pressed(page, 'Incomplete');
    await thanks(page);
    const [kept] = await keptOn(answer);
    assert.equal(kept?.reaction_type, 'thumbs_down');
    assert.equal(kept?.text_feedback, 'It lacks the soap.');
    assert.deepEqual(kept?.feedback_value.reasons, ['Incomplete']);
    assert.equal(kept?.feedback_value.correction, `${answer.response} And rest.`);

    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('button', { name: 'Bad answer', pressed: false }).waitFor();
    await page.getByText('Thank you').waitFor({ state: 'detached' });
    await until(async () => (await keptOn(answer)).length === 0);
  });

  test('all of it by keyboard alone', async () => {
    const answer = await ask();
    const page = await open(answer);
    await tabTo(page, 'Good answer');
    await page.keyboard.press('Enter');
    await pressed(page, 'Good answer');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: '4 stars', checked: true }).waitFor();
    await tabTo(page, 'Good step');
    await page.keyboard.press('Space');
    await pressed(page, 'Good step');
    await tabTo(page, 'Add a note');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Label').waitFor();
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Save');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Notes on passages' }).waitFor();
    await tabTo(page, 'Left is better');
    await page.keyboard.press('1');
    await pressed(page, 'Left is better');
    await page.getByText('Your choice is kept.').waitFor();
    await until(async () => (await keptOn(answer)).length === 4);
    await reloadWhenWritten(page);
    await page.getByRole('radio', { name: '4 stars', checked: true }).waitFor();
    await pressed(page, 'Left is better');
    const targets = (await keptOn(answer)).map(({ feedback_type }) => feedback_type).sort();
    assert.deepEqual(targets, ['comparison', 'detailed', 'inline', 'step']);
  });

  test('a note on a selection across markup is highlighted, and found again after a reload', async () => {
    const answer = await ask();
    const page = await open(answer);
    await page.evaluate(`{
      const text = document.querySelector('main p');
      document.getSelection().setBaseAndExtent(text.firstChild.firstChild, 0, text.lastChild, 11);
    }`);
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('button', { name: 'Critical' }).click();
    await page.getByRole('form', { name: 'Note' }).getByLabel('Comment').fill('Says who?');
    await page.getByRole('button', { name: 'Save' }).click();
    const noted = answer.response.slice(0, 15).trim();
    await page.getByRole('listitem').filter({ hasText: noted }).filter({ hasText: 'Says who?' }).waitFor();
    const highlighted = () => page.evaluate(`[...CSS.highlights.get('attune-note')].map(String)`);
    await reloadWhenWritten(page);
    await page.getByRole('listitem').waitFor();
    assert.deepEqual(await highlighted(), [noted]);
    const [kept] = await keptOn(answer);
    assert.deepEqual(Reflect.get(Object(kept?.feedback_value.note), 'position'), {
      start: 0,
      end: noted.length,
    });
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('listitem').waitFor({ state: 'detached' });
    await until(async () => (await keptOn(answer)).length === 0);
    assert.deepEqual(await highlighted(), []);
  });

  test('a voice note is recorded, kept, played and removed', async () => {
    const answer = await ask();
    const page = await open(answer);
    await page.getByRole('button', { name: 'Record a voice note' }).click();
    await page.getByRole('meter', { name: 'Loudness' }).waitFor();
    await page.getByRole('button', { name: 'Finish recording' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('audio').waitFor();
    const [kept] = await keptOn(answer);
    assert.equal(kept?.feedback_type, 'voice');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.locator('audio').waitFor({ state: 'detached' });
    await until(async () => (await keptOn(answer)).length === 0);
  });

  test('a voice note that could not be transcribed is tried again by hand', async (t) => {
    const endpoint = await startTranscriptionEndpoint(t, [400, { text: 'Far too short.' }]);
    const hearing = await startServer(
      readConfig({
        ATTUNE_DATA: await dataFolder(),
        ATTUNE_PORT: '0',
        ATTUNE_LOG_LEVEL: 'error',
        ATTUNE_TRANSCRIPTION_URL: endpoint.url,
      }),
    );
    t.after(() => hearing.close());
    const at = createClient({ url: hearing.url, apiKey: hearing.localKey });
    await record(at);
    const answer = await ask(at);
    const page = await open(answer, answer.feedback_token, hearing.url);
    await page.getByRole('button', { name: 'Record a voice note' }).click();
    await page.getByRole('button', { name: 'Finish recording' }).click();
    await page.getByText('It could not be transcribed').waitFor();
    await page.getByRole('button', { name: 'Transcribe it again' }).click();
    await page.getByText('Far too short.').waitFor();
  });

  test('what the server refuses is rolled back, with the reason', async () => {
    const answer = await ask();
    const page = await open(answer, 'not-a-token');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
    await page.getByRole('button', { name: 'Good answer', pressed: false }).waitFor();
    assert.deepEqual(await keptOn(answer), []);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`nothing serious for axe, ${colorScheme}`, async () => {
      const page = await open(await ask());
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: 'Bad answer' }).click();
      await page.getByRole('button', { name: 'Say more' }).click();
      await thanks(page);
      assert.deepEqual(await seriousFindings(page), []);
    });
  }
});

/** Waits until something holds that the page shows before the server has it. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error('It never came to hold.');
}

/** Presses Tab until the control of this name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()`,
    );
    if (focused === name) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}
