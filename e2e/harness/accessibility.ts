import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** How a page is looked at that is loaded already. At 200 % a window of 1280 × 900 has room for 640 × 450. */
const wide = { width: 1280, height: 900 };
const looks = [
  { name: 'light', media: { colorScheme: 'light' }, viewport: wide, rules: 'all' },
  // The same elements in other colours.
  { name: 'dark', media: { colorScheme: 'dark' }, viewport: wide, rules: 'colours' },
  { name: 'reduced motion', media: { reducedMotion: 'reduce' }, viewport: wide, rules: 'colours' },
  { name: '200 %', media: { colorScheme: 'light' }, viewport: { width: 640, height: 450 }, rules: 'all' },
] as const;

/** Serious and critical findings in light, dark, reduced motion and at 200 %, and where the window would have to be scrolled. */
export async function findingsInEveryLook(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const { name, media, viewport, rules } of looks) {
    await page.emulateMedia({ colorScheme: null, reducedMotion: null, ...media });
    await page.setViewportSize(viewport);
    const findings = [...(await seriousFindings(page, rules)), ...(await cutOff(page))];
    found.push(...findings.map((finding) => `${name}: ${finding}`));
  }
  return found;
}

/** Where the window itself can be scrolled: nowhere, as pages scroll inside it. */
export async function cutOff(page: Page): Promise<string[]> {
  const root = 'document.documentElement';
  const wider: unknown = await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`);
  const higher: unknown = await page.evaluate(`${root}.scrollHeight - ${root}.clientHeight`);
  return wider === 0 && higher === 0 ? [] : [`${wider} px wider and ${higher} px higher than the window`];
}

/**
 * What axe-core finds on a page that is serious or critical once the page stands still, one line each.
 * @param rules all, or those that other colours could break
 */
export async function seriousFindings(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  await stillness(page);
  // A string is run past the content security policy, which forbids the page itself to do so.
  await page.evaluate(axe.source);
  const only = rules === 'all' ? '' : ', runOnly: ["color-contrast", "link-in-text-block"]';
  const results: AxeResults = await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"]${only} })`,
  );
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
