import './screenshots/moved-clock.ts';
import { findChromium } from './harness/chromium.ts';
import { picturesOf } from './screenshots/pictures.ts';
import { furnish, openPast } from './screenshots/scene.ts';
import { shoot } from './screenshots/shoot.ts';

/**
 * Takes the pictures of the docs: `node e2e/screenshots.ts [NAME …]`, all of them unless some are named. Nothing on
 * them is drawn by hand: a server of its own answers the demo corpus' questions for four weeks, a reward model is
 * trained on what the corpus' people said, and a team reviews and judges through the API. Takes a few minutes.
 */
const chromium = findChromium();
if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
const wanted = process.argv.slice(2);
const failed: string[] = [];
const web = await openPast(chromium);
try {
  const scene = await furnish(web);
  for (const picture of picturesOf(scene)) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    const { who = 'anna' } = picture;
    await shoot(web, scene[who].browser, picture).then(
      () => console.log(picture.name),
      (error: unknown) => failed.push(`${picture.name}: ${String(error)}`),
    );
  }
  failed.push(...web.crashes);
} finally {
  await web.close();
}
if (failed.length > 0) throw new Error(failed.join('\n'));
