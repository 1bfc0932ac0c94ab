import type { Page } from 'playwright-core';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { findChromium } from './harness/chromium.ts';
import { openWebScene } from './harness/web-scene.ts';
import { measureGates, prepareVersions, visitUntil } from './screenshots/shipping.ts';
import { type Shown, shoot } from './screenshots/shoot.ts';

/**
 * Lives through docs/shipping.md and takes its pictures: `node e2e/shipping-story.ts`. A better version is measured,
 * gets a tenth, half and all of the traffic; a worse one is forced past its gates, and people send it back. Every
 * rating is the one that the demo corpus' people gave the delivered answer. Takes a few minutes.
 */
const chromium = findChromium();
if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
const scene = await openWebScene(chromium, { ATTUNE_FEEDBACK_PER_MINUTE: '100000', ATTUNE_THRESHOLD: '0' });
const { client } = scene;
const take = async (picture: Shown) => {
  await shoot(scene, scene.admin, picture);
  console.log(picture.name);
};
const shows = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();
const showsAlert = (page: Page) =>
  page
    .locator('main li')
    .getByText(/rolled back/)
    .first()
    .waitFor();
const scrollToReason = async (page: Page) => {
  await page.getByText(/Gates refuse/).waitFor();
  await page.getByLabel('Reason to deploy all the same').scrollIntoViewIfNeeded();
};

try {
  const corpus = await readCorpus();
  const { second, reversed } = await prepareVersions(client, corpus);

  await measureGates(client, second);
  await take({
    name: 'ship-gates',
    path: `/models/${second}`,
    ready: shows(/Pair accuracy less/),
    tall: true,
  });
  await take({
    name: 'ship-plan',
    path: `/deploy/${second}`,
    ready: shows(/at most 0.3 stars lower/),
    tall: true,
  });
  // Not of latency: recorded answers take no time, so that whether a score is in the cache would decide.
  const guards = [
    { metric: 'rating' as const, margin: 0.3 },
    { metric: 'safety' as const, margin: 0 },
    { metric: 'error_rate' as const, margin: 0.01 },
  ];
  const steps = [
    { share: 0.1, hold_seconds: 5, minimum_samples: 30 },
    { share: 0.5, hold_seconds: 5, minimum_samples: 200 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ];
  await client.deployModel({ params: { id: second }, body: { steps, guards } });
  const met = await visitUntil(client, corpus, 0, ({ share, people }) => share === 0.5 && people > 120);
  await take({ name: 'ship-half', path: '/models', ready: shows('Step 2 of 3'), tall: true });
  const full = await visitUntil(client, corpus, met, ({ state }) => state === 'complete');

  await measureGates(client, reversed);
  await take({ name: 'ship-red', path: `/deploy/${reversed}`, ready: scrollToReason, tall: true });
  const reason = 'The new file has more questions.';
  const half = [
    { share: 0.5, hold_seconds: 60, minimum_samples: 5000 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ];
  const forced = { steps: half, guards, force: true, reason };
  await client.deployModel({ params: { id: reversed }, body: forced });
  const last = await visitUntil(client, corpus, full, ({ state }) => state === 'rolled_back');
  await take({ name: 'ship-back', path: '/models', ready: shows(/rolled back, /), tall: true });
  await take({ name: 'ship-alert', path: '/alerts', ready: showsAlert });
  console.log(`${full} visitors until all traffic, ${last - full} more until it was back`);
} finally {
  await scene.close();
}
if (scene.crashes.length > 0) throw new Error(scene.crashes.join('\n'));
