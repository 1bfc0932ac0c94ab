/** When something is painted, seen from within a page. */
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { type NamedLatencies, summarise } from '../load/latencies.ts';

/**
 * Runs in the page. `paintOf(ready)` resolves to the time (as of `performance.now`) of the task after the first frame
 * in which `ready()` holds; it is refused after half a minute.
 */
export const paintClock = `
  window.paintOf = (ready) => new Promise((resolve, reject) => {
    const asked = performance.now();
    const look = () => requestAnimationFrame(() => {
      if (ready()) setTimeout(() => resolve(performance.now()));
      else if (performance.now() - asked > 30_000) reject(new Error('not painted in half a minute: ' + ready));
      else look();
    });
    look();
  });`;

/** What a person does, and what shows that the page has done its part. */
interface Reaction {
  event: 'keydown' | 'click';
  /** Only this key counts; every one unless given. */
  key?: string;
  /** Expressions in the page, by what is measured: each has another value once the reaction is painted. */
  shown: Readonly<Record<string, string>>;
}

/**
 * Does something so many times, each after the page reacted to the last, and sums up the milliseconds until each
 * reaction was painted. They count from the time at which the browser got the event, before any handler ran.
 */
export async function timeReactions(
  page: Page,
  reaction: Reaction,
  times: number,
  act: (index: number) => Promise<void>,
): Promise<NamedLatencies[]> {
  await page.evaluate(watching(reaction));
  const taken: number[][] = [];
  for (let index = 0; index < times; index += 1) {
    await act(index);
    const painted = await page.evaluate(`Promise.all(window.reactions[${index}] ?? ['no event came'])`);
    taken.push(z.array(z.number()).parse(painted));
  }
  // What is pressed afterwards has other effects, for which nobody waits.
  await page.evaluate('window.stopWatching.abort()');
  return Object.keys(reaction.shown).map((what, place) => ({
    what,
    ...summarise(taken.flatMap((painted) => painted[place] ?? [])),
  }));
}

function watching({ event, key, shown }: Reaction): string {
  const values = Object.values(shown).map((value) => `() => ${value}`);
  return `{
    ${paintClock}
    window.reactions = [];
    window.stopWatching = new AbortController();
    window.addEventListener('${event}', (event) => {
      if (${key !== undefined} && event.key !== ${JSON.stringify(key)}) return;
      window.reactions.push([${values.join(', ')}].map(async (shown) => {
        const before = shown();
        const painted = await paintOf(() => ![before, null, undefined].includes(shown()));
        return painted - event.timeStamp;
      }));
    }, { capture: true, signal: window.stopWatching.signal });
  }`;
}
