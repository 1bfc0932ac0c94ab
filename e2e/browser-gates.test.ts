import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { AttuneOptions } from '@attune/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { attune } from './harness/command.ts';
import { deployRewardModel, prepareCorpus, trained } from './harness/reward-model.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

/** Logged questions with several candidates. */
const ASKED = 30;
/** Answers that people react to, of each way of choosing. */
const REACTED = 100;
/** A measurement trains nothing; it scores some hundred answers and 210 more under load. */
const MEASURING = { timeout: 90_000 };

describe('gates', { skip }, () => {
  let scene: WebScene;
  let old: string;
  let young: string;
  let id: string;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_FEEDBACK_PER_MINUTE: '100000' });
    old = await deployRewardModel(scene.client, 'old', 40);
    const dataset = await prepareCorpus(scene.client, 'more', 80);
    const job = await scene.client.createJob({ body: { dataset, model_name: 'new' } });
    young = await trained(scene.client, job.id);
    ({ id } = await scene.client.getModel({ params: { id: young } }));
    await ask(scene);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: TestContext, path: string, context: BrowserContext = scene.admin): Promise<Page> => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };
  const command = (...args: string[]) =>
    attune(args, { ATTUNE_URL: scene.server.url, ATTUNE_API_KEY: scene.server.localKey });

  test('a model is measured by a click, and every gate shows its evidence', async (t) => {
    const page = await open(t, '/models');
    await page.getByRole('link', { name: young, exact: true }).click();
    const gates = page.getByRole('list', { name: 'Gates' });
    await gates.getByText('Nobody has measured it yet.').first().waitFor();
    await page.getByRole('button', { name: 'Measure now' }).click();
    await gates.getByText(/95th percentile in ms \d+ \(95 % interval/).waitFor(MEASURING);
    await gates.getByText(/Share of safe answers preferred 0\.\d+/).waitFor();
    await gates.getByText(/Pair accuracy less the incumbent’s/).waitFor();
    await page.getByText(`The model to match is ${old}.`).waitFor();
    await page.getByText(/Questions scored a second under load/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const standing = await scene.client.getModelGates({ params: { id } });
    t.diagnostic(standing.gates.map(({ sentence }) => sentence).join('\n'));
    const found = standing.gates.filter(({ evidence }) => evidence !== null).map(({ gate }) => gate);
    assert.deepEqual(found, ['ordering', 'incumbent', 'calibration', 'length', 'latency', 'safety']);
  });

  test('answers for a look by hand, notes and tags', async (t) => {
    const page = await open(t, `/models/${id}`);
    await page
      .getByText(/reward 0\.\d\d, people \d/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Scored lowest' }).click();
    await page.getByRole('textbox', { name: 'New note' }).fill('Looks good on parcels.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Looks good on parcels.').waitFor();
    await page.getByRole('textbox', { name: 'Tags' }).fill('spring, trial');
    await page.getByRole('button', { name: 'Save tags' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: /^spring$/ })
      .waitFor();
    const model = await scene.client.getModel({ params: { id } });
    assert.deepEqual(model.tags, ['spring', 'trial']);
    const { items } = await scene.client.listModelNotes({ params: { id }, query: {} });
    assert.deepEqual(
      items.map(({ text }) => text),
      ['Looks good on parcels.'],
    );
    assert.deepEqual(await seriousFindings(page), []);
  });

  test('the difference of two models: data, measurements on the same rows, answers with both scores', async (t) => {
    const page = await open(t, `/models/${id}`);
    await page.getByRole('textbox', { name: 'Other model' }).fill(old);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('heading', { name: `${young} and ${old}` }).waitFor();
    await page.getByText(/\d+ rows added, \d+ removed/).waitFor();
    await page.getByText('On the same rows, which neither was trained on.').waitFor();
    await page
      .getByText(new RegExp(`${young} 0\\.\\d\\d, ${old} 0\\.\\d\\d`))
      .first()
      .waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const back = await scene.client.diffModels({ params: { id: old }, query: { with: young } });
    const forth = await scene.client.diffModels({ params: { id: young }, query: { with: old } });
    assert.equal(back.examples[0]?.reward, forth.examples[0]?.other_reward);
    assert.equal(back.data?.added, forth.data?.removed);
    assert.deepEqual(back.one.same_rows, forth.other.same_rows);
  });

  test('a final evaluation: blind pairs of what the two would deliver, and votes that reach the gate', async (t) => {
    const page = await open(t, `/models/${id}`);
    await page.getByRole('button', { name: 'Start a final evaluation' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Start a final evaluation' }).click();
    await page.getByText(`Against ${old}`).waitFor();
    await page.getByText(/Fewer pairs than the 194 it takes/).waitFor();
    const { evaluation } = await scene.client.getFinalEvaluation({ params: { id } });
    assert.ok(evaluation !== null && evaluation.pairs > 0 && evaluation.looked_at <= ASKED);
    assert.deepEqual([evaluation.needed, evaluation.judged, evaluation.win_rate], [194, 0, null]);
    await page.getByRole('link', { name: 'Judging project' }).click();
    await page.getByRole('heading', { name: `${young} against ${old}` }).waitFor();
  });

  test('a shadow run: started by a click, scored unseen, its disagreements before judges', async (t) => {
    const page = await open(t, `/models/${id}`);
    await page.getByText('It never shadowed live traffic.').waitFor();
    await page.getByRole('button', { name: 'Start a shadow run' }).click();
    const form = page.getByRole('alertdialog');
    await form.getByLabel('Share of answers in percent').fill('100');
    await form.getByLabel('At most answers an hour').fill('36000');
    await form.getByRole('button', { name: 'Start a shadow run' }).click();
    await page.getByText(/Shadow run: running, of 100 % of the answers/).waitFor();
    await ask(scene);
    await page.getByText(`${ASKED} answers of 2,000 scored`).waitFor();
    await page.getByText(`Compared with what was delivered by ${old}`).waitFor();
    await page.getByText(/Would have delivered the same \(blind drawing: \d+ %\)/).waitFor();
    await page.getByText(`not enough data yet (0 of ${ASKED} answers)`).first().waitFor();
    const told = await command('shadow', young);
    assert.match(told.stdout, /30 of 2000 answers scored, 0 dropped, 0 failed/);
    await page.getByRole('button', { name: 'Show the clearest' }).click();
    await page.getByText('Would have delivered', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Have people judge these' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Have people judge these' }).click();
    await page.getByText('before judges', { exact: true }).first().waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText(/Shadow run: stopped by hand/).waitFor();
    await page
      .getByRole('region', { name: /It would have delivered something else/ })
      .getByRole('link', { name: 'Judging project' })
      .click();
    await page.getByRole('heading', { name: `Shadow of ${young}` }).waitFor();
    const { items } = await scene.client.listAudit({ query: {} });
    assert.ok(
      ['shadow.started', 'shadow.judged', 'shadow.ended'].every((act) =>
        items.some(({ action }) => action === act),
      ),
    );
  });

  test('a red gate refuses; an admin gives a reason beside the form, a trainer cannot', async (t) => {
    // A busy machine's latency must not refuse as well.
    await scene.client.updateGateSettings({ body: { limits: { safety: 1, latency_ms: 60_000 } } });
    const trainer = await open(t, `/deploy/${young}`, await scene.member('trainer', 'tina@example.com'));
    await trainer.getByText('Gates refuse this deployment.').waitFor();
    await trainer.getByText('An admin can deploy it all the same, with a reason.').waitFor();

    const told = await command('gates', young);
    assert.equal(told.code, 1, told.stderr);
    assert.match(told.stdout, /refused by safety/);
    assert.match(told.stdout, /RED {4}It prefers safe answers: failed/);
    const refused = await command('deploy', young, '--full');
    assert.match(refused.stderr, /gates_failed/);

    const page = await open(t, `/deploy/${young}`);
    await page.getByLabel('Reason to deploy all the same').fill('it answers nobody outside');
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'Start', exact: false }).last().click();
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    const [ramp] = (await scene.client.listRamps({ query: {} })).items;
    assert.equal(ramp?.model_id, young);
    const { items } = await scene.client.listAudit({ query: {} });
    assert.ok(items.some(({ action }) => action === 'gates.overridden'));
    await scene.client.updateGateSettings({ body: { limits: { safety: 0 } } });
    assert.equal((await command('gates', old)).code, 0);
  });

  test('what it would have had: nothing from a log without chance, an estimate from one with it', async (t) => {
    const page = await open(t, `/models/${id}`);
    const panel = page.getByRole('region', { name: 'What it would have had' });
    await panel.getByRole('button', { name: 'Estimate' }).click();
    await panel.getByText('Nobody reacted to an answer in this time.').waitFor();
    await react(scene, { strategy: 'best' });
    await panel.getByRole('button', { name: 'Estimate' }).click();
    await panel.getByText(/No estimate: what was delivered was never left to chance/).waitFor();
    await react(scene, { strategy: 'weighted', selection_temperature: 10, threshold: 0 });
    await panel.getByRole('button', { name: 'Estimate' }).click();
    const rating = panel.getByRole('row', { name: /^Rating/ });
    await rating
      .getByText(/\d\.\d\d \(\d\.\d\d to \d\.\d\d, n = \d+\)/)
      .first()
      .waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const found = await scene.client.evaluateOffPolicy({ params: { id }, body: {} });
    assert.deepEqual([found.coverage.covered, found.coverage.deterministic], [REACTED, REACTED]);
    assert.equal(found.metrics[0]?.answers, REACTED);
    const told = await command('off-policy', young, '--days', '1');
    assert.match(told.stdout, /^ {2}rating +\d\.\d+ \[/m);
  });
});

/** Asks questions with several candidates, which are logged. */
async function ask({ client }: WebScene): Promise<void> {
  const corpus = (await readCorpus()).slice(0, ASKED);
  const items = corpus.map(({ question, answers }) => ({
    query: question,
    answers: answers.map(({ text }) => ({ text })),
  }));
  await client.addRecordedAnswers({ body: { items } });
  for (const { question } of corpus) {
    const messages = [{ role: 'user' as const, content: question }];
    await client.chatCompletions({ body: { model: 'recorded', messages } });
  }
}

/** Asks what no model was trained on, with answers of two qualities, and rates what is delivered. */
async function react({ client }: WebScene, attune: AttuneOptions): Promise<void> {
  const questions = Array.from({ length: REACTED }, (_, n) => `Where is parcel ${attune.strategy} ${n} now?`);
  const texts = [
    'It is on its way and arrives tomorrow before noon, as the tracking page shows.',
    'Nobody here can say where it is or when it comes, so please ask somebody else.',
  ];
  const items = questions.map((query) => ({ query, answers: texts.map((text) => ({ text })) }));
  await client.addRecordedAnswers({ body: { items } });
  for (const [n, content] of questions.entries()) {
    const user = `user ${n}`;
    const messages = [{ role: 'user' as const, content }];
    const answer = await client.chatCompletions({ body: { model: 'recorded', user, messages, attune } });
    const { response_id, response } = answer.attune;
    const rating = response === texts[0] ? 5 : 2;
    await client.giveFeedback({ body: { response_id, user_id: user, rating } });
  }
}
