import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { NamedLatencies } from '../load/latencies.ts';
import { timeReactions } from '../page/paint.ts';

const KEYSTROKES = 200;
/** Between two keys, as of somebody who types fast. */
const PAUSE_MS = 60;
const sentence = 'please say more about this ';

/** Keys pressed at the end of a text field. */
export async function writing(field: Locator, what: string): Promise<NamedLatencies[]> {
  const { keyboard } = field.page();
  await field.press('Control+End');
  const shown = { [`${what}: keystroke to its paint`]: 'document.activeElement?.value' };
  return timeReactions(field.page(), { event: 'keydown', shown }, KEYSTROKES, async (index) => {
    await sleep(PAUSE_MS);
    const letter = sentence[index % sentence.length] ?? ' ';
    await keyboard.press(letter === ' ' ? 'Space' : letter);
  });
}
