/** How long the chat page takes from the arrival of an answer's first words to their paint, in Chromium. */
import { quantile } from '@attune/core';
import type { Page } from 'playwright-core';
import { findChromium } from '../e2e/harness/chromium.ts';
import { openWebScene, visit } from '../e2e/harness/web-scene.ts';
import { startUpstream } from '../e2e/upstream.ts';

const QUESTIONS = 30;
const words = Array.from({ length: 60 }, (_, word) => `word${word}`).join(' ');

/**
 * Runs in the page. Arrival: when the first bytes with text are read from the network. Paint: the task after the first
 * frame in which the newest answer has text.
 */
const watchFirstWords = `
  const ask = window.fetch;
  window.firstWords = [];
  const waitForPaint = (arrived, before) => requestAnimationFrame(() => {
    const drawn = document.querySelectorAll('[data-answer] .prose-answer');
    if (drawn.length <= before || drawn[drawn.length - 1].textContent === '') return waitForPaint(arrived, before);
    setTimeout(() => window.firstWords.push(performance.now() - arrived));
  });
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
          waitForPaint(performance.now(), before);
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
export async function chat(): Promise<{ n: number; p50_ms: number; p95_ms: number; max_ms: number }> {
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
    const times = await page.evaluate<number[]>('window.firstWords');
    const rounded = (p: number) => Math.round(quantile(times, p) * 10) / 10;
    return { n: times.length, p50_ms: rounded(0.5), p95_ms: rounded(0.95), max_ms: rounded(1) };
  } finally {
    await scene.close();
    await upstream.close();
  }
}
