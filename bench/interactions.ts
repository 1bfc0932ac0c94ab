/**
 * How long people wait for the page, measured in Chromium, without a window, on a real server: between two decisions,
 * two votes, a key and its letter, a click and its colour, an address and the first thing to use.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { type DemoQuestion, readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { findChromium } from '../e2e/harness/chromium.ts';
import { openWebScene, visit, type WebScene } from '../e2e/harness/web-scene.ts';
import { startUpstream } from '../e2e/upstream.ts';
import { judging, startJudging } from './interactions/judging.ts';
import { type OpenedPage, opening } from './interactions/opening.ts';
import { reviewing } from './interactions/reviewing.ts';
import { seedQueue } from './interactions/seed-queue.ts';
import { clickThumbs } from './interactions/thumbs.ts';
import { writing } from './interactions/writing.ts';
import { withBenchDatabase } from './load/bench-database.ts';
import type { NamedLatencies } from './load/latencies.ts';

const JUDGE = 'judge@example.com';
const CHAT_QUESTIONS = 10;

export interface Interactions {
  /** Items in the review queue when it began. */
  rows: number;
  database: 'PostgreSQL' | 'PGlite';
  results: NamedLatencies[];
}

/** Runs it with `rows` items in the review queue; at least 200. */
export async function interactions({ rows = 5000 }: { rows?: number } = {}): Promise<Interactions> {
  const chromium = findChromium();
  if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
  const questions = await readCorpus();
  const upstream = await startUpstream({ reply: () => questions[0]?.answers[0]?.text ?? '' });
  try {
    return await withBenchDatabase(async (databaseUrl) => {
      const scene = await openWebScene(chromium, {
        ATTUNE_UPSTREAM_URL: upstream.url,
        ATTUNE_CANDIDATES: '1',
        ATTUNE_FEEDBACK_PER_MINUTE: '100000',
        ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
      });
      try {
        await seedQueue(scene.client, questions, rows);
        const results = await measured(scene, questions);
        if (scene.crashes.length > 0) throw new Error(`The page crashed: ${scene.crashes.join('; ')}`);
        return { rows, database: databaseUrl === null ? 'PGlite' : 'PostgreSQL', results };
      } finally {
        await scene.close();
      }
    });
  } finally {
    await upstream.close();
  }
}

async function measured(scene: WebScene, questions: readonly DemoQuestion[]): Promise<NamedLatencies[]> {
  const judge = await scene.member('rater', JUDGE);
  const project = await startJudging(scene, JUDGE, questions);
  return [
    ...(await inTab(scene, scene.admin, '/review', reviewed)),
    ...(await inTab(scene, judge, `/judge/${project}`, judging)),
    ...(await inTab(scene, scene.admin, '/', chatted)),
    ...(await openings(scene, judge, project)),
  ];
}

async function inTab<Result>(
  scene: WebScene,
  context: BrowserContext,
  path: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const page = await visit(scene, context, path);
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

async function reviewed(page: Page): Promise<NamedLatencies[]> {
  const quick = await reviewing(page, 'without a pause', 0);
  const steady = await reviewing(page, 'one a second', 1000);
  await page.keyboard.press('c');
  const editor = page.getByRole('textbox', { name: 'The answer as it should have been' });
  return [...quick, ...steady, ...(await writing(editor, 'review: correction'))];
}

async function chatted(page: Page): Promise<NamedLatencies[]> {
  const composer = page.getByLabel('Your question');
  for (let number = 0; number < CHAT_QUESTIONS; number += 1) {
    await composer.fill(`Question ${number}?`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Good answer' }).nth(number).waitFor();
  }
  const composed = await writing(composer, `chat: question, ${CHAT_QUESTIONS} turns above`);
  const thumbs = await clickThumbs(page);
  await page.getByRole('button', { name: 'Correct it' }).last().click();
  const editor = page.getByLabel('The answer as it should have been');
  return [...composed, ...(await writing(editor, 'chat: correction')), ...thumbs];
}

async function openings(
  { browser, server, admin }: WebScene,
  judge: BrowserContext,
  project: string,
): Promise<NamedLatencies[]> {
  const pages: [BrowserContext, OpenedPage][] = [
    [admin, { name: 'chat', url: server.url, usable: 'textarea[aria-label="Your question"]:enabled' }],
    [admin, { name: 'review', url: `${server.url}/review`, usable: 'article[data-item]' }],
    [
      judge,
      {
        name: 'judging',
        url: `${server.url}/judge/${project}`,
        usable: 'article[aria-label="Response B"]',
      },
    ],
  ];
  const results: NamedLatencies[] = [];
  for (const [context, page] of pages) results.push(...(await opening(browser, context, page)));
  return results;
}
