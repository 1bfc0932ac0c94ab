import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { allKinds, pairRows, runProject, votesOf } from './harness/judging-project.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const RITA = 'rita@example.com';
const RAY = 'ray@example.com';

/** The key of the good response as this judge sees it. */
async function goodSide(page: Page): Promise<'A' | 'B'> {
  const first = await page.getByRole('article', { name: 'Response A' }).textContent();
  return first?.includes('Good:') === true ? 'A' : 'B';
}

function question(page: Page): Promise<string | null> {
  return page.getByRole('heading', { level: 1 }).textContent();
}

describe('blind judging', { skip }, () => {
  let scene: WebScene;
  let rita: BrowserContext;
  let ray: BrowserContext;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    rita = await scene.member('rater', RITA);
    ray = await scene.member('rater', RAY);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (
    t: { after: (fn: () => Promise<void>) => void },
    context: BrowserContext,
    path: string,
  ): Promise<Page> => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };

  test('by mouse: from my work to the last item, with guidelines, differences, strength, skip and undo', async (t) => {
    const project = await runProject(
      scene,
      [RITA],
      { name: 'By mouse', guidelines: '# Be fair\n\nPrefer what is *true*.' },
      pairRows(4),
    );
    const page = await open(t, rita, '/judge');
    await page.getByText('0 judged · 4 left').waitFor();
    await page.getByRole('link', { name: 'Start: By mouse' }).click();
    await page.getByRole('article', { name: 'Response A' }).waitFor();
    assert.doesNotMatch(await page.content(), /model-x|model-y/);

    await page.getByRole('button', { name: 'Guidelines' }).click();
    await page.getByRole('dialog').getByText('Be fair').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Differences' }).click();
    assert.ok((await page.locator('mark').count()) > 0);
    await page.getByRole('button', { name: 'Differences' }).click();

    // The first: the good one is better, very much.
    const first = await question(page);
    const good = await goodSide(page);
    await page.getByRole('button', { name: `${good} is better` }).click();
    await page.getByRole('button', { name: 'Strength 3' }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('1 judged · 3 left').waitFor();
    assert.notEqual(await question(page), first);

    // Taken back, the answer is still there; a tie then.
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: first ?? '' }).waitFor();
    const strength = page.getByRole('button', { name: 'Strength 3' });
    assert.equal(await strength.getAttribute('aria-pressed'), 'true');
    await page.getByRole('button', { name: 'Tie' }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('1 judged · 3 left').waitFor();

    await page.getByRole('button', { name: 'Both bad' }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('2 judged · 2 left').waitFor();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Something in it is broken' }).click();
    await page.getByText('2 judged · 1 left').waitFor();

    const last = await goodSide(page);
    await page.getByRole('button', { name: `${last} is better` }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Nothing left for you here' }).waitFor();

    const votes = (await votesOf(scene, project)).flatMap(({ judgements }) => judgements);
    const choices = votes.map(({ answers: { better: answer }, skip: skipped }) =>
      answer?.kind === 'pairwise' ? answer.choice : skipped?.reason,
    );
    assert.deepEqual(choices.sort(), ['both_bad', 'broken', 'r1', 'tie']);
    assert.ok(votes.every(({ seconds }) => seconds !== null));
  });

  test('by keyboard alone: every answer, guidelines, skip, undo', async (t) => {
    const project = await runProject(
      scene,
      [RITA],
      { name: 'By keyboard', guidelines: 'Prefer what is *true*.' },
      pairRows(5),
    );
    const page = await open(t, rita, '/judge');
    await page.getByRole('link', { name: 'Start: By keyboard' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Response A' }).waitFor();

    await page.keyboard.press('h');
    await page.getByRole('dialog', { name: 'Guidelines' }).waitFor();
    await page.keyboard.press('h');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('d');
    await page.locator('mark').first().waitFor();
    await page.keyboard.press('d');

    // Nothing is sent before the question is answered.
    await page.keyboard.press('Enter');
    await page.getByText('is not answered yet').first().waitFor();

    const first = await question(page);
    await page.keyboard.press((await goodSide(page)).toLowerCase());
    await page.keyboard.press('2');
    await page.keyboard.press('c');
    await page.keyboard.type('a clear case');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('1 judged · 4 left').waitFor();

    await page.keyboard.press('t');
    await page.keyboard.press('Enter');
    await page.getByText('2 judged · 3 left').waitFor();
    const third = await question(page);
    await page.keyboard.press('x');
    await page.keyboard.press('Enter');
    await page.getByText('3 judged · 2 left').waitFor();

    await page.keyboard.press('u');
    await page.getByRole('heading', { level: 1, name: third ?? '' }).waitFor();
    const arrow = (await goodSide(page)) === 'A' ? 'ArrowLeft' : 'ArrowRight';
    await page.keyboard.press(arrow);
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('3 judged · 2 left').waitFor();

    await page.keyboard.press('s');
    await page.getByRole('dialog', { name: 'Why skip this one?' }).waitFor();
    await page.keyboard.press('2');
    await page.getByText('3 judged · 1 left').waitFor();
    await page.keyboard.press((await goodSide(page)).toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing left for you here' }).waitFor();

    const items = await votesOf(scene, project);
    const said = items.flatMap(({ judgements }) => judgements);
    const strengths = said.flatMap(({ answers: { better: answer } }) =>
      answer?.kind === 'pairwise' && answer.choice === 'r1' ? [answer.strength] : [],
    );
    assert.deepEqual(strengths.sort(), [1, 2, undefined]);
    const [commented] = items.find(({ query }) => query === first)?.judgements ?? [];
    assert.equal(commented?.comment, 'a clear case');
    assert.deepEqual(
      said.flatMap((vote) => vote.skip?.reason ?? []),
      ['wrong_language'],
    );
  });

  test('a training round explains each answer before the next comes', async (t) => {
    const [row] = pairRows(1);
    const control = {
      answers: { better: { kind: 'pairwise', choice: 'r1' } },
      explanation: 'It *answers* the question.',
      training: true,
    };
    const training = { line: 9, data: { ...row?.data, query: 'Which bridge?', control } };
    await runProject(scene, [RITA], { name: 'Trained', training_round: 1 }, [...pairRows(1), training]);
    const page = await open(t, rita, '/judge');
    await page.getByRole('link', { name: 'Start training: Trained' }).click();
    await page.getByRole('heading', { name: 'Which bridge?' }).waitFor();
    const wrong = (await goodSide(page)) === 'A' ? 'b' : 'a';
    await page.keyboard.press(wrong);
    await page.keyboard.press('Enter');
    await page.getByText('Not quite').waitFor();
    await page.getByText('It answers the question.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How long is bridge 1?' }).waitFor();
    await page.getByText('0 judged · 1 left').waitFor();
  });

  test('two judges in two browsers: each item once, nothing lost', async (t) => {
    const items = 12;
    const project = await runProject(scene, [RITA, RAY], { name: 'Together' }, pairRows(items));
    const judgeAll = async (page: Page) => {
      await page.getByRole('article', { name: 'Response A' }).waitFor();
      for (;;) {
        const heading = page.getByRole('heading', { level: 1 });
        const shown = await heading.textContent();
        if (shown === null || !shown.startsWith('How long')) return;
        await page.keyboard.press((await goodSide(page)).toLowerCase());
        await page.keyboard.press('Enter');
        await heading.filter({ hasNotText: shown }).waitFor();
      }
    };
    const pages = [await open(t, rita, `/judge/${project}`), await open(t, ray, `/judge/${project}`)];
    await Promise.all(pages.map(judgeAll));
    const voted = await votesOf(scene, project);
    assert.equal(voted.length, items);
    for (const { judgements } of voted) {
      assert.deepEqual(
        judgements.map(({ answers }) => answers.better),
        [{ kind: 'pairwise', choice: 'r1' }],
      );
    }
  });

  test('a refused vote comes back with its answer', async (t) => {
    const project = await runProject(scene, [RITA], { name: 'Paused' }, pairRows(2));
    const page = await open(t, rita, `/judge/${project}`);
    await page.getByRole('article', { name: 'Response A' }).waitFor();
    const first = await question(page);
    await scene.client.updateJudgingProject({ params: { id: project }, body: { status: 'paused' } });
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await page.getByText('The project is not running').first().waitFor();
    await page.getByRole('heading', { level: 1, name: first ?? '' }).waitFor();
    const chosen = page.getByRole('button', { name: 'A is better' });
    assert.equal(await chosen.getAttribute('aria-pressed'), 'true');
  });

  test('other kinds of questions, by keyboard alone', async (t) => {
    const settings = { name: 'All kinds', questions: [...allKinds] };
    const project = await runProject(scene, [RITA], settings, pairRows(1));
    const page = await open(t, rita, `/judge/${project}`);
    await page.getByRole('article', { name: 'Response A' }).waitFor();
    const good = await goodSide(page);
    await page.keyboard.press(good.toLowerCase());
    await page.keyboard.press('Enter');
    const places = good === 'A' ? ['1', '2'] : ['2', '1'];
    for (const key of places) await page.keyboard.press(key);
    await page.getByRole('listitem', { name: 'Place 2' }).waitFor();
    await page.keyboard.press('Enter');
    for (const key of good === 'A' ? ['5', '1'] : ['1', '5']) await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    // “Good:” or “Bad:”, and one word more.
    await page.keyboard.press(']');
    await page.keyboard.press('.');
    await page.keyboard.press('1');
    await page.getByText('A · Wrong:').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('w');
    await page.keyboard.type('Because 2 metres is said.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Nothing left for you here' }).waitFor();

    const [item] = await votesOf(scene, project);
    const [vote] = item?.judgements ?? [];
    assert.ok(vote !== undefined);
    const { better: pair, order, rated, topic, faults, why } = vote.answers;
    assert.deepEqual(pair, { kind: 'pairwise', choice: 'r1' });
    assert.deepEqual(order, { kind: 'ranking', places: [['r1'], ['r2']] });
    assert.deepEqual(rated, { kind: 'stars', stars: { r1: { clear: 5 }, r2: { clear: 1 } } });
    assert.deepEqual(topic, { kind: 'labels', labels: ['length', 'place'] });
    assert.deepEqual(why, { kind: 'text', text: 'Because 2 metres is said.' });
    assert.ok(faults?.kind === 'spans');
    const [span] = faults.spans;
    const marked = item?.responses
      .find(({ key }) => key === span?.response)
      ?.text.slice(span?.start, span?.end);
    assert.match(marked ?? '', /^(Good: bridge|Bad: nobody)$/);
  });

  test('a reload loses nothing of what was said of an item', async (t) => {
    const settings = { name: 'Reloaded', questions: [...allKinds] };
    const project = await runProject(scene, [RITA], settings, pairRows(1));
    const page = await open(t, rita, `/judge/${project}`);
    await page.getByRole('article', { name: 'Response A' }).waitFor();
    await page.getByRole('button', { name: 'A is better' }).click();
    await page.getByRole('textbox', { name: 'Why?' }).fill('Because it says so.');
    await page.reload();
    await page.getByRole('article', { name: 'Response A' }).waitFor();
    await page.getByRole('button', { name: 'A is better', pressed: true }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Why?' }).inputValue(), 'Because it says so.');
  });

  test('at phone width, the questions do not lie over the responses, and Submit is in sight', async (t) => {
    const settings = { name: 'On a phone', questions: [...allKinds] };
    const project = await runProject(scene, [RITA], settings, pairRows(1));
    const page = await open(t, rita, `/judge/${project}`);
    await page.setViewportSize({ width: 375, height: 720 });
    const last = page.getByRole('article', { name: 'Response B' });
    await last.waitFor();
    const response = await last.boundingBox();
    const questions = await page.getByRole('region', { name: 'Questions' }).boundingBox();
    assert.ok(response !== null && questions !== null);
    assert.ok(response.height > 60 && response.y + response.height <= questions.y);
    await page.setViewportSize({ width: 1280, height: 720 });
    const submit = await page.getByRole('button', { name: 'Submit' }).boundingBox();
    assert.ok(submit !== null && submit.y + submit.height <= 720);
  });

  test('who has voted sees the others’ votes where the project shows them, by keyboard alone', async (t) => {
    const settings = { name: 'Open votes', judges_per_item: 2, reveal_after_vote: true };
    await runProject(scene, [RITA, RAY], settings, pairRows(1));
    const judgeOne = async (context: BrowserContext) => {
      const page = await open(t, context, '/judge');
      await page.getByRole('link', { name: 'Start: Open votes' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'Response A' }).waitFor();
      const good = await goodSide(page);
      await page.keyboard.press(good.toLowerCase());
      await page.keyboard.press('c');
      await page.keyboard.type('it has a number');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Nothing left for you here' }).waitFor();
      return { page, good };
    };
    await judgeOne(ray);
    const { page, good } = await judgeOne(rita);
    await page.keyboard.press('l');
    const sheet = page.getByRole('dialog', { name: 'My last votes' });
    await sheet.getByText(`${good} is better`).waitFor();
    const voted = sheet.getByRole('listitem').filter({ hasText: 'bridge 1' });
    await voted.getByRole('button', { name: 'See the others’ votes' }).focus();
    await page.keyboard.press('Enter');
    await voted.getByText('“it has a number”').waitFor();
    await voted.getByText(`${good} was written by model-x`).waitFor();
    await page.keyboard.press('l');
    await sheet.waitFor({ state: 'detached' });
    // What was seen is final.
    await page.keyboard.press('u');
    await page.getByText('There is nothing of yours to take back').first().waitFor();
  });

  test('the dialogs of the desk: no serious or critical finding, light and dark, with reduced motion', async (t) => {
    const settings = { name: 'Dialogs', guidelines: 'Be *fair*.', reveal_after_vote: true };
    const project = await runProject(scene, [RITA], settings, pairRows(2));
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(t, rita, `/judge/${project}`);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('article', { name: 'Response A' }).waitFor();
      const dialogs = { h: 'Guidelines', l: 'My last votes', s: 'Why skip this one?' };
      for (const [key, name] of Object.entries(dialogs)) {
        await page.keyboard.press(key);
        await page.getByRole('dialog', { name }).waitFor();
        assert.deepEqual(await seriousFindings(page), [], `${name}, ${colorScheme}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    }
  });
});
