import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type NamedLatencies, summarise } from '../load/latencies.ts';
import { paintClock } from '../page/paint.ts';

const TIMES = 15;

/** A page, and the first thing on it that one can use. */
export interface OpenedPage {
  name: string;
  url: string;
  /** Selects it. */
  usable: string;
}

/** From the start of the navigation to the paint of the first thing one can use; with an empty cache, then with a full one. */
export async function opening(
  browser: Browser,
  signedIn: BrowserContext,
  page: OpenedPage,
): Promise<NamedLatencies[]> {
  const storageState = await signedIn.storageState();
  const first: number[] = [];
  const again: number[] = [];
  const left: BrowserContext[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const context = await browser.newContext({ storageState, viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await tab.addInitScript(`${paintClock}
      window.usableAt = paintOf(() => document.querySelector(${JSON.stringify(page.usable)}) !== null);`);
    first.push(await opened(tab, page.url));
    again.push(await opened(tab, page.url));
    // A page that is left tells the server that it lets go; with its browser closed at once it could not.
    await tab.goto('about:blank');
    left.push(context);
  }
  for (const context of left) await context.close();
  return [
    { what: `${page.name}: opened to usable, empty cache`, ...summarise(first) },
    { what: `${page.name}: opened to usable, full cache`, ...summarise(again) },
  ];
}

async function opened(tab: Page, url: string): Promise<number> {
  await tab.goto(url);
  return tab.evaluate<number>('window.usableAt');
}
