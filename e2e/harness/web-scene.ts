import { rm } from 'node:fs/promises';
import { type AttuneClient, createClient } from '@attune/sdk';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readConfig } from '../../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../../apps/server/src/main.ts';
import { createDataFolder } from '../../apps/server/src/platform/db/test-database.ts';
import { launchChromium } from './chromium.ts';
import { followWrites } from './reload.ts';
import { buildWeb } from './web-build.ts';

/** A server of its own and a browser, as several people may use them. */
export interface WebScene {
  readonly server: RunningServer;
  readonly client: AttuneClient;
  readonly browser: Browser;
  /** The first admin's browser profile, signed in. */
  readonly admin: BrowserContext;
  /** A new member's browser profile, signed in. */
  member(role: 'viewer' | 'rater' | 'curator' | 'trainer' | 'admin', email: string): Promise<BrowserContext>;
  /** What pages threw and nobody caught; must stay empty. */
  readonly crashes: readonly string[];
  close(): Promise<void>;
}

const VIEW: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'en-GB' };

/** Builds the page, starts server and browser, and signs the first admin in. */
export async function openWebScene(
  chromium: string,
  settings: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<WebScene> {
  await buildWeb();
  const folder = await createDataFolder('migrated');
  const server = await startServer(
    readConfig({
      ATTUNE_DATA: folder,
      ATTUNE_PORT: '0',
      ATTUNE_LOG_LEVEL: 'error',
      // Chance must not decide whether an answer asks for a comparison.
      ATTUNE_COMPARE_SHARE: '0',
      ...settings,
    }),
  );
  const browser = await launchChromium(chromium, flags);
  const client = createClient({ url: server.url, apiKey: server.localKey });
  const crashes: string[] = [];
  const signedIn = async (link: string): Promise<BrowserContext> => {
    const context = await browser.newContext(VIEW);
    followWrites(context);
    context.setDefaultTimeout(30_000);
    context.on('weberror', (error) => crashes.push(error.error().message));
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await page.close();
    return context;
  };
  return {
    server,
    client,
    browser,
    admin: await signedIn(server.adminLink ?? ''),
    member: async (role, email) => {
      const { sign_in_url } = await client.inviteMember({ body: { email, role } });
      return signedIn(sign_in_url);
    },
    crashes,
    close: async () => {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens an address of the scene's server in a new tab. */
export async function visit(scene: WebScene, context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${scene.server.url}${path}`);
  return page;
}
