import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readConfig } from '../apps/server/src/config.ts';
import { hasTrainer, trainerPython } from '../apps/server/src/trainer-home.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;
const python = trainerPython(readConfig(process.env));
const noTrainer = (await hasTrainer(python)) ? false : `${python} has no trainer: ./attune trainer install`;
const storyModel = join(import.meta.dirname, '../trainer/tests/fixtures/stories260K-hf');

describe('training', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_TRAINER_PYTHON: python });
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: TestContext, path: string): Promise<Page> => {
    const page = await visit(scene, scene.admin, path);
    t.after(() => page.close());
    return page;
  };

  test('an empty page says how a run is started, and so does its form', async (t) => {
    const page = await open(t, '/training');
    await page.getByText('Nothing was trained yet').waitFor();
    await page.getByRole('link', { name: 'New run' }).click();
    await page.getByText('There is no frozen data set yet').waitFor();
  });

  test('a linear reward model is trained by keyboard alone, from the form to its result', async (t) => {
    await prepareCorpus(scene.client, 'corpus', 60);
    const page = await open(t, '/training/new');
    await page.getByLabel('Recipe').selectOption('attune');
    await page.getByLabel('Data set').selectOption({ index: 1 });
    await page.getByLabel('Name of the new model').focus();
    await page.keyboard.type('helpful');
    await page.getByLabel('embedder').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Start the run' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'helpful' }).waitFor();
    await page.getByRole('link', { name: 'helpful@1.0.0' }).waitFor();
    await page.getByRole('tab', { name: 'Curves' }).focus();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
    await page.getByRole('cell', { name: 'pair_accuracy', exact: true }).waitFor();
    assert.match(page.url(), /tab=result/);
    assert.deepEqual(await seriousFindings(page), []);
    await page.reload();
    await page.getByRole('cell', { name: 'pair_accuracy', exact: true }).waitFor();
  });

  test('what cannot be read or is out of range is said by its name, and nothing is lost', async (t) => {
    const page = await open(t, '/training/new');
    await page.getByLabel('Recipe').selectOption('dpo');
    await page.getByLabel('Data set').selectOption({ index: 1 });
    await page.getByLabel('Base model').fill('some/model');
    await page.getByLabel('Name of the new model').fill('policy');
    await page.getByLabel('lora', { exact: true }).fill('{rank');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('lora cannot be read').waitFor();
    await page.getByLabel('lora', { exact: true }).fill('{"rank": 4}');
    await page.getByLabel('beta', { exact: true }).fill('-1');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('hyperparameters.beta').waitFor();
    assert.equal(await page.getByLabel('Base model').inputValue(), 'some/model');
  });

  test('a run of the trainer: curves while it learns, stopped, gone on with, compared', {
    skip: noTrainer,
  }, async (t) => {
    const body = {
      provider: 'custom',
      recipe: 'sft',
      base_model: storyModel,
      model_name: 'stories',
      hyperparameters: {
        max_length: 64,
        batch_size: 4,
        threads: 1,
        checkpoint_every: 5,
        epochs: 40,
        patience: 0,
      },
    } as const;
    const { items } = await scene.client.listDatasets({ query: {} });
    const dataset = items[0]?.id ?? '';
    const { id } = await scene.client.createJob({ body: { ...body, dataset } });
    const page = await open(t, `/training/${id}`);
    await page.getByRole('figure').filter({ hasText: 'loss' }).first().waitFor({ timeout: 120_000 });
    await page.reload();
    await page.getByRole('figure').filter({ hasText: 'token accuracy' }).waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFindings(page), [], colorScheme);
    }

    await page.getByRole('button', { name: 'Stop the run' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop the run' }).click();
    await page.getByText('cancelled', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Go on from step \d+/ }).click();
    await page.getByRole('progressbar').waitFor();
    await scene.client.cancelJob({ params: { id } });

    await page.getByRole('link', { name: 'Start another like it' }).click();
    await page.getByLabel('learning_rate', { exact: true }).fill('0.001');
    await page.getByLabel('epochs', { exact: true }).fill('0.2');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('link', { name: 'stories@1.0.0' }).waitFor({ timeout: 120_000 });
    await page.getByLabel('Compare with').selectOption({ index: 1 });
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('switch', { name: 'Only what differs' }).click();
    const names = await page.getByRole('row').locator('code').allTextContents();
    assert.deepEqual(names.sort(), ['epochs', 'learning_rate']);
    await page.getByRole('tab', { name: 'Samples' }).click();
    await page.getByText('Before training').first().waitFor();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByText('model/model.safetensors').waitFor();
  });
});
