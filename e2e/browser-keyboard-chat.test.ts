import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { type Keyboard, keyboardOf } from './harness/keyboard.ts';
import { reloadWhenWritten } from './harness/reload.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';
import { startUpstream, type Upstream } from './upstream.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

describe('feedback in the chat by keyboard alone', { skip }, () => {
  let upstream: Upstream;
  let scene: WebScene;
  let page: Page;
  let keys: Keyboard;
  before(async () => {
    upstream = await startUpstream({
      reply: () => 'Rest well and drink a lot.',
      reasoning: () => 'First I look at the symptoms.\n\nThen I think of what helps.',
    });
    const settings = { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_CANDIDATES: '1' };
    scene = await openWebScene(chromium ?? '', settings, MICROPHONE);
    page = await visit(scene, scene.admin, '/');
    keys = keyboardOf(page);
    await page.getByLabel('Your question').waitFor();
    await keys.type('What helps against a cold?');
    await keys.press('Enter');
    await turn().getByText('No reward model yet').waitFor();
  });
  after(async () => {
    await scene?.close();
    await upstream?.close();
    assert.deepEqual(scene?.crashes, []);
  });
  const turn = () => page.getByRole('article').last();
  const feedback = async (type: 'step' | 'voice' | 'detailed') =>
    (await scene.client.listFeedback({ query: { feedback_type: type } })).items;

  test('a step is marked, marked otherwise, and the mark is taken back', async () => {
    const second = turn().getByRole('group', { name: 'Step 2' });
    const mark = (name: string, pressed: boolean) => second.getByRole('button', { name, pressed });
    await keys.tabTo(turn().getByRole('button', { name: 'Good answer' }));
    await keys.press('w');
    await keys.tabTo(mark('Bad step', false));
    await keys.press('Space');
    await mark('Bad step', true).waitFor();
    await keys.tabBackTo(mark('Good step', false));
    await keys.press('Space');
    await mark('Good step', true).waitFor();
    await mark('Bad step', false).waitFor();
    await keys.keepsFocus();

    await reloadWhenWritten(page);
    assert.equal((await feedback('step')).length, 1);
    await keys.enter(turn().getByRole('button', { name: /What Attune did/ }));
    await keys.tabTo(mark('Good step', true));
    await keys.press('Space');
    await mark('Good step', false).waitFor();
    await keys.keepsFocus();
    await reloadWhenWritten(page);
    assert.deepEqual(await feedback('step'), []);
  });

  test('the four dimensions are given with a comment, and one is changed', async () => {
    const form = turn().getByRole('form', { name: 'Details' });
    const rate = async (dimension: RegExp, stars: number) => {
      const group = form.getByRole('group', { name: dimension });
      await keys.tabTo(group.getByRole('button', { name: '1 of 5' }));
      for (let at = 1; at < stars; at += 1) await keys.press('ArrowRight');
      await keys.press('Enter');
      await group.getByRole('button', { name: `${stars} of 5`, pressed: true }).waitFor();
    };
    await keys.enter(turn().getByRole('button', { name: 'Details' }));
    await rate(/^Accuracy/, 4);
    await rate(/^Helpfulness/, 3);
    await rate(/^Clarity/, 2);
    await rate(/^Safety/, 5);
    await keys.write(form.getByLabel('Comment'), 'No sources.');
    await keys.enter(form.getByRole('button', { name: 'Save details' }));
    await form.waitFor({ state: 'detached' });
    await turn().getByText('No sources.').waitFor();
    await keys.keepsFocus();
    const [said] = await feedback('detailed');
    assert.deepEqual(said?.rating_dimensions, { accuracy: 4, helpfulness: 3, clarity: 2, safety: 5 });
  });

  test('a voice note is recorded, played and deleted', async () => {
    await keys.enter(turn().getByRole('button', { name: 'Voice' }));
    await keys.enter(turn().getByRole('button', { name: 'Record a voice note' }));
    await turn().getByRole('meter', { name: 'Loudness' }).waitFor();
    await keys.keepsFocus();
    // A shorter one could be over before it is seen playing.
    await page.waitForTimeout(2000);
    await keys.enter(turn().getByRole('button', { name: 'Finish recording' }));
    await turn().getByText('Kept as a recording.').waitFor();
    await keys.keepsFocus();
    assert.equal((await feedback('voice')).length, 1);
    await keys.enter(turn().getByRole('button', { name: 'Play' }));
    await turn().getByRole('button', { name: 'Pause' }).waitFor();
    await keys.press('Enter');
    await turn().getByRole('button', { name: 'Play' }).waitFor();
    const note = turn().getByRole('region', { name: 'Voice notes' });
    await keys.enter(note.getByRole('button', { name: 'Remove' }));
    await note.getByText('Kept as a recording.').waitFor({ state: 'detached' });
    await keys.keepsFocus();
    await reloadWhenWritten(page);
    assert.deepEqual(await feedback('voice'), []);
  });
});
