import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { WebScene } from '../harness/web-scene.ts';

const out = join(import.meta.dirname, '../../docs/images');

/** How a page is shown on a picture. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  /** Waits until the page has drawn what it reads from the server, and does what the picture is to show. */
  readonly ready: (page: Page) => Promise<unknown>;
  readonly dark?: true;
  readonly phone?: true;
  /** A taller window, for what has to be seen together. */
  readonly tall?: true;
  readonly language?: 'vi';
}

/** Opens an address as the owner of a browser profile and takes docs/images/NAME.png of it. */
export async function shoot(scene: WebScene, profile: BrowserContext, picture: Shown): Promise<void> {
  const { name, path, ready, dark, phone, tall, language = 'en' } = picture;
  const context = await scene.browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: tall ? 1360 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    storageState: await profile.storageState(),
  });
  try {
    const page = await context.newPage();
    await page.addInitScript(`localStorage.setItem('attune-language', '${language}')`);
    await page.goto(`${scene.server.url}${path}`);
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
