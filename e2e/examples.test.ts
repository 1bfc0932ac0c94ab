import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Feedback } from '@attune/contracts';
import type { Browser, Page } from 'playwright-core';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium, launchChromium } from './harness/chromium.ts';
import { ownEnvironment } from './harness/own-environment.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const python = process.env.ATTUNE_PYTHON ?? 'python3';
const question = 'How do I wash my hands?';
const answer = 'With soap, for twenty seconds.';

const chromium = findChromium();
const noBrowser = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

async function withoutOpenai(): Promise<string | false> {
  try {
    await run(python, ['-c', 'import openai']);
    return false;
  } catch {
    return `${python} has no openai here (pip install openai)`;
  }
}

const noOpenai = await withoutOpenai();

describe('the examples do what their READMEs say', () => {
  let attune: ServerProcess;
  let browser: Browser | undefined;
  let key = '';
  const children: ChildProcess[] = [];

  before(async () => {
    attune = await startProcess(await tempFolder());
    const items = [{ query: question, answers: [{ text: answer }] }];
    await attune.client.addRecordedAnswers({ body: { items } });
    ({ key } = await attune.client.createKey({ body: { name: 'example', role: 'rater' } }));
    await run(process.execPath, [join(root, 'packages/react/build.ts')]);
    if (chromium !== null) browser = await launchChromium(chromium);
  });
  after(async () => {
    await browser?.close();
    await Promise.all(children.map(stop));
    await attune?.stop();
  });

  const settings = () => ({
    ATTUNE_URL: attune.url,
    ATTUNE_API_KEY: key,
    ATTUNE_MODEL: 'recorded',
    PORT: '0',
  });

  async function start(file: string): Promise<Page> {
    const child = spawn(process.execPath, [join(root, file)], {
      env: { ...ownEnvironment(), ...settings() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (output: Buffer) => {
        const found = /Open (http:\S+)/.exec(String(output))?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    });
    if (browser === undefined) throw new Error('No browser.');
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    await page.getByLabel('Your question').fill(question);
    await page.keyboard.press('Enter');
    await page.getByText(answer).first().waitFor();
    return page;
  }

  /** The newest feedback, once it is what is waited for. */
  async function feedbackThat(holds: (feedback: Feedback) => boolean): Promise<Feedback> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { items } = await attune.client.listFeedback({ query: { limit: 1 } });
      if (items[0] !== undefined && holds(items[0])) return items[0];
      await sleep(50);
    }
    throw new Error('No such feedback arrived.');
  }

  test('a plain page with <attune-feedback>, by keyboard and mouse', { skip: noBrowser }, async () => {
    const page = await start('examples/html/server.ts');
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await page.getByRole('button', { name: 'Incomplete' }).press('Enter');
    await page.getByLabel('Comment').fill('Where?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Thank you. Your feedback is kept.').waitFor();
    const kept = await feedbackThat(({ text_feedback }) => text_feedback === 'Where?');
    assert.equal(kept.reaction_type, 'thumbs_down');
    assert.deepEqual(kept.feedback_value.reasons, ['Incomplete']);
    assert.deepEqual(await seriousFindings(page), []);
  });

  test('React with the AI SDK', { skip: noBrowser }, async () => {
    const page = await start('examples/react-ai-sdk/server.ts');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByText('Thank you. Your feedback is kept.').waitFor();
    await feedbackThat(({ reaction_type }) => reaction_type === 'thumbs_up');
  });

  test('Python with the openai client', { skip: noOpenai }, async () => {
    const script = join(root, 'examples/python/ask_and_rate.py');
    const { stdout } = await run(python, [script, question, '--stars', '4'], {
      env: { ...process.env, ...settings() },
    });
    assert.match(stdout, /twenty seconds/);
    assert.match(stdout, /Rated: 4(\.0)? stars/);
  });
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
