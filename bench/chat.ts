/** How long the chat page takes from the arrival of an answer's first words to their paint, in Chromium. */
import type { Page } from 'playwright-core';
import { findChromium } from '../e2e/harness/chromium.ts';
import { openWebScene, visit } from '../e2e/harness/web-scene.ts';
import { startUpstream } from '../e2e/upstream.ts';
import { type Latencies, summarise } from './load/latencies.ts';
import { paintClock } from './page/paint.ts';

const QUESTIONS = 30;
const words = Array.from({ length: 60 }, (_, word) => `word${word}`).join(' ');

/**
 * Runs in the page. Arrival: when the first bytes with text are read from the network. Paint: of the newest answer's
 * first text.
 */
const watchFirstWords = `${paintClock}
  const ask = window.fetch;
  window.firstWords = [];
  const firstWordsAfter = (before) => () => {
    const drawn = document.querySelectorAll('[data-answer] .prose-answer');
    return drawn.length > before && drawn[drawn.length - 1].textContent !== '';
  };
  window.fetch = async (...given) => {
    const response = await ask(...given);
    if (!response.url.endsWith('/v1/chat/completions')) return response;
    const before = document.querySelectorAll('[data-answer] .prose-answer').length;
    const decoder = new TextDecoder();
    let arrived = false;
    const noticing = new TransformStream({
      transform(bytes, onward) {
        if (!arrived && /"content":"[^"]/.test(decoder.decode(bytes, { stream: true }))) {
          arrived = true;
          const at = performance.now();
          paintOf(firstWordsAfter(before)).then((painted) => window.firstWords.push(painted - at));
        }
        onward.enqueue(bytes);
      },
    });
    return new Response(response.body.pipeThrough(noticing), response);
  };`;

async function ask(page: Page, number: number): Promise<void> {
  await page.getByLabel('Your question').fill(`Question ${number}?`);
  await page.keyboard.press('Enter');
  await page.getByRole('article').nth(number).getByText('No reward model yet').waitFor();
}

/** Milliseconds from arrival to paint of the first words of answers in one growing conversation. */
export async function chat(): Promise<Latencies> {
  const chromium = findChromium();
  if (chromium === null) throw new Error('No Chromium here; name one in ATTUNE_CHROMIUM.');
  const upstream = await startUpstream({ reply: () => words, wordDelayMs: 5 });
  const scene = await openWebScene(chromium, {
    ATTUNE_UPSTREAM_URL: upstream.url,
    ATTUNE_CANDIDATES: '1',
  });
  try {
    const page = await visit(scene, scene.admin, '/settings');
    await page.addInitScript(watchFirstWords);
    await page.goto(scene.server.url);
    for (let number = 0; number < QUESTIONS; number += 1) await ask(page, number);
    return summarise(await page.evaluate<number[]>('window.firstWords'));
  } finally {
    await scene.close();
    await upstream.close();
  }
}
