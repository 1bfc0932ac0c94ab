/**
 * Takes the screenshots of the docs from a running server: `node e2e/screenshots.ts`. The reward model in them is
 * trained on the demo corpus, the answers come from the upstream below, and people's ratings are given over HTTP.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@attune/sdk';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { findChromium, launchChromium } from './harness/chromium.ts';
import { deployRewardModel } from './harness/reward-model.ts';
import { buildWeb } from './harness/web-build.ts';
import { startUpstream, type UpstreamQuestion } from './upstream.ts';

const QUESTION = 'What are the best ways to protect myself against COVID-19?';

/** What the three sampling strategies answer. */
function reply({ temperature }: UpstreamQuestion): string {
  if (temperature === 0.7) {
    return [
      'The best way to protect yourself against COVID-19 is to avoid being exposed to the virus.\n',
      '- **Wash your hands often** with soap and water for at least 20 seconds, especially after you have been in a public place, or after blowing your nose, coughing, or sneezing.',
      '- **Avoid close contact** with people who are sick, and stay about two metres from people who do not live in your household.',
      '- **Cover your mouth and nose** with a mask when you are around others.',
      '- **Clean and disinfect** surfaces that you touch every day.',
      '\nMonitor your health, and stay at home if you feel ill.',
    ].join('\n');
  }
  if (temperature === 1) {
    return 'To protect yourself, stay at home as much as you can, keep your distance from others, and wash your hands. Follow the guidance of your local health authority on how to prevent the spread of COVID-19.';
  }
  return 'Older adults and people with certain medical conditions are at higher risk of severe illness from COVID-19. Ask your doctor what this means for you.';
}

const out = join(import.meta.dirname, '../docs/screenshots');

/** Ratings by different people, so that the counters have something to show. */
async function seed(server: RunningServer): Promise<void> {
  const client = createClient({ url: server.url, apiKey: server.localKey });
  for (const [person, rating] of [5, 4, 4, 2, 5, 3, 4, 5].entries()) {
    const { attune } = await client.chatCompletions({
      body: { messages: [{ role: 'user', content: QUESTION }], user: `person-${person}` },
    });
    const reader = createClient({ url: server.url, apiKey: attune.feedback_token });
    await reader.giveFeedback({ body: { response_id: attune.response_id, rating } });
  }
}

/** Pages that need no more than what is there, each with a sign that it has drawn what it reads from the server. */
const pages = [
  { name: 'review', path: '/review', sign: 'article[data-item] h3' },
  { name: 'review-table', path: '/review?view=table', sign: '[data-row]' },
];

async function shootPages(page: Page, { url }: RunningServer): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  for (const { name, path, sign } of pages) {
    await page.goto(`${url}${path}`);
    await page.locator(sign).first().waitFor();
    await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });
  }
}

async function shoot(browser: Browser, server: RunningServer): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
  if (server.adminLink === null) throw new Error('The server gave no sign-in link.');
  await page.goto(server.adminLink);
  await page.getByLabel('Your question').fill(QUESTION);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '4 of 5' }).click();
  await page.getByText('Saved. Thank you.').waitFor();
  await page.getByRole('button', { name: '3 candidates' }).click();
  await page
    .getByRole('listitem', { name: /candidate/i })
    .nth(2)
    .waitFor();
  await page.mouse.move(0, 0);
  for (const [name, colorScheme] of [
    ['ask', 'light'],
    ['ask-dark', 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });
  }
  await shootPages(page, server);
}

const chromium = findChromium();
if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
await buildWeb();
await mkdir(out, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'attune-'));
const upstream = await startUpstream({ reply });
const server = await startServer(
  readConfig({
    ATTUNE_DATA: folder,
    ATTUNE_PORT: '0',
    ATTUNE_LOG_LEVEL: 'error',
    ATTUNE_THRESHOLD: '0.5',
    ATTUNE_UPSTREAM_URL: upstream.url,
  }),
);
const browser = await launchChromium(chromium);
try {
  await deployRewardModel(createClient({ url: server.url, apiKey: server.localKey }), 'health', 427);
  await seed(server);
  await shoot(browser, server);
  console.log(`Screenshots are in ${out}`);
} finally {
  await browser.close();
  await server.close();
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
}
