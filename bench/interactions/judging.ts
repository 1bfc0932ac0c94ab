import type { Page } from 'playwright-core';
import type { DemoQuestion } from '../../apps/server/src/cli/demo/corpus.ts';
import { better, runProject } from '../../e2e/harness/judging-project.ts';
import type { WebScene } from '../../e2e/harness/web-scene.ts';
import type { NamedLatencies } from '../load/latencies.ts';
import { timeReactions } from '../page/paint.ts';

const VOTES = 60;

/** Lets a judge have a pair of answers of each question; resolves to the project's id. */
export function startJudging(
  scene: WebScene,
  judge: string,
  questions: readonly DemoQuestion[],
): Promise<string> {
  const rows = questions.map(({ question: query, answers }, index) => ({
    line: index + 1,
    data: { query, responses: answers.slice(0, 2).map(({ text }) => ({ text })) },
  }));
  return runProject(scene, [judge], { name: 'Bench', questions: [better] }, rows);
}

/** Votes by keyboard on the open desk, each as soon as the next pair was painted. */
export async function judging(page: Page): Promise<NamedLatencies[]> {
  await page.getByRole('article', { name: 'Response B' }).waitFor();
  const shown = { 'judging: vote to the next pair': `document.querySelector('h1')?.textContent` };
  return timeReactions(page, { event: 'keydown', key: 'Enter', shown }, VOTES, async (index) => {
    await page.keyboard.press(index % 2 === 0 ? 'a' : 'b');
    await page.keyboard.press('Enter');
  });
}
