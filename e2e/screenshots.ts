import './screenshots/moved-clock.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './harness/chromium.ts';
import { type Picture, picturesOf } from './screenshots/pictures.ts';
import { furnish, openPast, type Scene } from './screenshots/scene.ts';

/**
 * Takes the pictures of the docs: `node e2e/screenshots.ts [NAME …]`, all of them unless some are named. Nothing on
 * them is drawn by hand: a server of its own answers the demo corpus' questions for four weeks, a reward model is
 * trained on what the corpus' people said, and a team reviews and judges through the API. Takes a few minutes.
 */
const out = join(import.meta.dirname, '../docs/images');

async function shoot(scene: Scene, picture: Picture): Promise<void> {
  const { name, who = 'anna', path, ready, dark, phone, tall, language = 'en' } = picture;
  const context = await scene.web.browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: tall ? 1360 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    storageState: await scene[who].browser.storageState(),
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(`localStorage.setItem('attune-language', '${language}')`);
    await page.goto(`${scene.web.server.url}${path}`);
    await ready(page);
    // The live counters have come.
    if (phone !== true) await page.getByText('99+').first().waitFor();
    await page.mouse.move(0, 0);
    await page.locator('[role=status] .h-16').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });
  } finally {
    await context.close();
  }
}

const chromium = findChromium();
if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
await mkdir(out, { recursive: true });
const wanted = process.argv.slice(2);
const failed: string[] = [];
const web = await openPast(chromium);
try {
  const scene = await furnish(web);
  for (const picture of picturesOf(scene)) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    await shoot(scene, picture).then(
      () => console.log(picture.name),
      (error: unknown) => failed.push(`${picture.name}: ${String(error)}`),
    );
  }
  failed.push(...web.crashes);
} finally {
  await web.close();
}
if (failed.length > 0) throw new Error(failed.join('\n'));
