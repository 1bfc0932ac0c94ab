import type { Page } from 'playwright-core';
import type { NamedLatencies } from '../load/latencies.ts';
import { timeReactions } from '../page/paint.ts';

const ROUNDS = 6;
const thumbs = 'button:is([aria-label="Good answer"], [aria-label="Bad answer"])';

/** Clicks on the thumbs of every answer of the open conversation, up and down in turn. */
export async function clickThumbs(page: Page): Promise<NamedLatencies[]> {
  const shown = {
    'chat: click on thumbs to their paint': `[...document.querySelectorAll('${thumbs}')].map((thumb) => thumb.ariaPressed).join(' ')`,
  };
  const answers = await page.getByRole('button', { name: 'Good answer' }).count();
  return timeReactions(page, { event: 'click', shown }, ROUNDS * answers, (index) => {
    const isUp = Math.floor(index / answers) % 2 === 0;
    const name = isUp ? 'Good answer' : 'Bad answer';
    return page
      .getByRole('button', { name })
      .nth(index % answers)
      .click();
  });
}
