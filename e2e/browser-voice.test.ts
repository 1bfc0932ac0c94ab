import { test } from 'node:test';
import { startTranscriptionEndpoint } from '../apps/server/src/collect/testing/transcription-endpoint.ts';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit } from './harness/web-scene.ts';
import { startUpstream } from './upstream.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

test('a recording that could not be transcribed is tried again by hand', { skip }, async (t) => {
  const upstream = await startUpstream({ reply: () => 'Rest well.' });
  t.after(() => upstream.close());
  const endpoint = await startTranscriptionEndpoint(t, [400, 400, 400, { text: 'Far too short.' }]);
  const settings = { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_TRANSCRIPTION_URL: endpoint.url };
  const scene = await openWebScene(chromium ?? '', settings, MICROPHONE);
  t.after(() => scene.close());
  const page = await visit(scene, scene.admin, '/');
  await page.getByLabel('Your question').fill('What helps?');
  await page.keyboard.press('Enter');
  const turn = page.getByRole('article').last();
  await turn.getByRole('button', { name: 'Voice' }).click();
  await turn.getByRole('button', { name: 'Record a voice note' }).click();
  await turn.getByRole('button', { name: 'Finish recording' }).click();
  await turn.getByText('It could not be transcribed').waitFor();
  const again = page.getByRole('button', { name: 'Transcribe it again' });
  const asked = page.waitForResponse((response) => response.url().endsWith('/transcription'));
  await again.press('Enter');
  await asked;
  await turn.getByText('It could not be transcribed').waitFor();

  await page.goto(`${scene.server.url}/review`);
  const askedInReview = page.waitForResponse((response) => response.url().endsWith('/transcription'));
  await again.click();
  await askedInReview;
  await page.getByText('It could not be transcribed').waitFor();

  await page.goto(`${scene.server.url}/feedback`);
  await page.getByText('What helps?').click();
  await again.click();
  await page.getByText('“Far too short.”').waitFor();
});
