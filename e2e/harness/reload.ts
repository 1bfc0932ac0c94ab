import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page, Request } from 'playwright-core';

const underWay = new WeakMap<BrowserContext, Set<Request>>();

/** Follows what the pages of a context write to their server, for `reloadWhenWritten`. */
export function followWrites(context: BrowserContext): void {
  const writes = new Set<Request>();
  underWay.set(context, writes);
  context.on('request', (request) => {
    if (request.method() !== 'GET') writes.add(request);
  });
  context.on('requestfinished', (request) => writes.delete(request));
  context.on('requestfailed', (request) => writes.delete(request));
}

/** Reloads a page once what it shows as done has reached the server: it shows a person's acts at once. */
export async function reloadWhenWritten(page: Page): Promise<void> {
  const writes = underWay.get(page.context());
  if (writes === undefined)
    throw new Error('Nobody follows the writes of this page: call followWrites first.');
  while (writes.size > 0) await sleep(20);
  await page.reload();
}
