import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { NamedLatencies } from '../load/latencies.ts';
import { timeReactions } from '../page/paint.ts';

const DECISIONS = 60;
const KEYS = ['a', 'r', 'f'] as const;

/** Decisions by keyboard in the open review queue, each as soon as the last was painted and a pause later. */
export async function reviewing(page: Page, pace: string, pause_ms: number): Promise<NamedLatencies[]> {
  const name = `review, ${pace}: decision to the next item`;
  await page.locator('article[data-item] > div').first().waitFor();
  const shown = {
    [name]: `document.querySelector('article[data-item]')?.dataset.item`,
    [`${name} with its context`]: `document.querySelector('article[data-item]:has(> div)')?.dataset.item`,
  };
  return timeReactions(page, { event: 'keydown', shown }, DECISIONS, async (index) => {
    await sleep(pause_ms);
    await page.keyboard.press(KEYS[index % KEYS.length] ?? 'a');
  });
}
