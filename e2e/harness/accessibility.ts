import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds on a page that is serious or critical once the page stands still, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await stillness(page);
  // A string is run past the content security policy, which forbids the page itself to do so.
  await page.evaluate(axe.source);
  const results: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}

/** Waits until nothing fades in or moves any more; what breathes for as long as something is awaited may go on. */
function stillness(page: Page): Promise<unknown> {
  const ending = 'effect.getComputedTiming().iterations !== Infinity';
  const moving = `document.getAnimations().filter(({ effect }) => ${ending})`;
  return page.evaluate(`Promise.allSettled(${moving}.map(({ finished }) => finished)).then(() => null)`);
}
