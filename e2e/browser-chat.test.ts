import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { reloadWhenWritten } from './harness/reload.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';
import { startUpstream, type Upstream, type UpstreamQuestion } from './upstream.ts';

const RICH = [
  'Energy is \\(E = mc^2\\), from $5 to $10.',
  '| way | score |\n|---|---|\n| one | 0.8 |',
  '```python\ndef greet():\n    return "Hello"\n```',
  'Wash your **hands** with soap. See a [doctor](https://example.org/a) if it lasts.',
].join('\n\n');

function reply({ question, temperature }: UpstreamQuestion): string {
  if (question.includes('break')) return Array.from({ length: 40 }, (_, n) => `word${n}`).join(' ');
  if (question.includes('rich')) return RICH;
  return temperature === 0.7
    ? 'Rest well and drink a lot. Sleep with an open window.'
    : `Vaccines protect you and the people around you, says voice ${temperature}.`;
}

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

async function open(upstream: Upstream, settings: Record<string, string>): Promise<WebScene> {
  const scene = await openWebScene(
    chromium ?? '',
    {
      ATTUNE_UPSTREAM_URL: upstream.url,
      ATTUNE_FEEDBACK_PER_MINUTE: '1000',
      ATTUNE_COMPARE_SHARE: '0',
      ...settings,
    },
    MICROPHONE,
  );
  await scene.admin.grantPermissions(['clipboard-read', 'clipboard-write']);
  return scene;
}

/** Asks on a page and waits for the whole answer. */
async function ask(page: Page, question: string): Promise<Locator> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
  const turn = page.getByRole('article').last();
  await turn.getByRole('heading', { name: question }).waitFor();
  await turn.getByText('No reward model yet').waitFor();
  return turn;
}

const notesOf = (turn: Locator) => turn.getByRole('list', { name: 'Notes on passages' });

/** Waits until this many passages are marked in the text. */
async function marks(page: Page, count: number): Promise<void> {
  for (let looks = 0; looks < 400; looks += 1) {
    if ((await page.evaluate('CSS.highlights.get("attune-note")?.size ?? 0')) === count) return;
    await page.waitForTimeout(25);
  }
  assert.fail(`never ${count} marks`);
}

const saved = (turn: Locator) => turn.getByText('Saved. Thank you.').waitFor();

describe('the chat page by mouse', { skip }, () => {
  let upstream: Upstream;
  let scene: WebScene;
  let page: Page;
  before(async () => {
    upstream = await startUpstream({
      reply,
      reasoning: () => 'First I look at the symptoms.\n\nThen I think of what helps.',
      breaks: ({ question }) => question.includes('break'),
    });
    // One candidate is passed on as it comes, so that a stream can break.
    scene = await open(upstream, { ATTUNE_CANDIDATES: '1' });
    page = await visit(scene, scene.admin, '/');
  });
  after(async () => {
    await scene?.close();
    await upstream?.close();
  });

  test('formulas, tables and code are drawn, and code is copied with a click', async () => {
    const turn = await ask(page, 'Something rich, please');
    await turn.locator('.katex').first().waitFor();
    await turn.getByText('from $5 to $10').waitFor();
    await turn.getByRole('cell', { name: '0.8' }).waitFor();
    await turn.locator('.hljs-keyword').first().waitFor();
    await turn.getByRole('button', { name: 'Copy the code' }).click();
    await page.getByText('Copied').first().waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'def greet():\n    return "Hello"\n');
    const link = turn.getByRole('link', { name: 'doctor' });
    assert.equal(await link.getAttribute('rel'), 'noreferrer noopener nofollow');
  });

  test('the window itself never scrolls, however long the answers', async () => {
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 4000);
    const heights = '[document.documentElement.scrollHeight - innerHeight, scrollY]';
    assert.deepEqual(await page.evaluate(heights), [0, 0]);
  });

  test('a selected passage is noted where it stands; the note survives a reload, changes and goes', async () => {
    const turn = page.getByRole('article').last();
    await turn.locator('strong').selectText();
    await turn.getByRole('button', { name: 'Add a note' }).click();
    const form = page.getByRole('form', { name: 'Note' });
    await form.getByRole('button', { name: 'Unclear' }).click();
    await form.getByRole('button', { name: 'Critical' }).click();
    await form.getByLabel('Comment').fill('Which hands?');
    await form.getByRole('button', { name: 'Save' }).click();
    await notesOf(turn).getByText('Which hands?').waitFor();
    await marks(page, 1);

    await reloadWhenWritten(page);
    await notesOf(turn).getByText('“hands”').waitFor();
    await marks(page, 1);
    const { items } = await scene.client.listFeedback({ query: { feedback_type: 'inline' } });
    assert.equal(items.length, 1);

    await notesOf(turn).getByRole('button', { name: 'Edit: hands' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await form.getByRole('button', { name: 'Minor' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await notesOf(turn).getByText('Minor').waitFor();

    await notesOf(turn).getByRole('button', { name: 'Edit: hands' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await notesOf(turn).waitFor({ state: 'detached' });
    await marks(page, 0);
  });

  test('thumbs come with reasons, minds change, and all is taken back', async () => {
    const turn = page.getByRole('article').last();
    await turn.getByRole('button', { name: 'Bad answer' }).click();
    await turn.getByRole('group', { name: 'Why?' }).getByRole('button', { name: 'Too long' }).click();
    await saved(turn);
    await turn.getByRole('button', { name: 'Good answer' }).click();
    await turn.getByRole('group', { name: 'Why?' }).getByRole('button', { name: 'Clear' }).waitFor();
    await saved(turn);
    await page.reload();
    const good = turn.getByRole('button', { name: 'Good answer', pressed: true });
    await good.waitFor();
    await turn.getByRole('button', { name: 'Take back' }).click();
    await good.waitFor({ state: 'detached' });
    await page.reload();
    await turn.getByRole('button', { name: 'Good answer', pressed: false }).waitFor();
  });

  test('a correction shows what it changes', async () => {
    const turn = await ask(page, 'What helps against a cold?');
    await turn.getByRole('button', { name: 'Correct it' }).click();
    await turn.getByLabel('The answer as it should have been').fill('Rest well and drink tea.');
    const changes = turn.getByRole('figure', { name: 'Your changes' });
    await changes.locator('ins', { hasText: 'tea' }).waitFor();
    await turn.getByRole('button', { name: 'Save correction' }).click();
    await turn.getByText('Your correction').waitFor();
    await page.reload();
    await turn.getByText('Rest well and drink tea.').waitFor();
  });

  test('every step is marked, and the mark stays', async () => {
    const turn = page.getByRole('article').last();
    await turn.getByRole('button', { name: /What Attune did/ }).click();
    const second = turn.getByRole('group', { name: 'Step 2' });
    const kept = page.waitForResponse((response) => response.url().endsWith('/api/assistant/feedback'));
    await second.getByRole('button', { name: 'Bad step' }).click();
    await second.getByRole('button', { name: 'Bad step', pressed: true }).waitFor();
    assert.equal((await kept).status(), 201);
    await reloadWhenWritten(page);
    await turn.getByRole('button', { name: /What Attune did/ }).click();
    await second.getByRole('button', { name: 'Bad step', pressed: true }).click();
    await second.getByRole('button', { name: 'Bad step', pressed: false }).waitFor();
  });

  test('a voice note is recorded, played and taken back', async () => {
    const turn = page.getByRole('article').last();
    await turn.getByRole('button', { name: 'Voice' }).click();
    await turn.getByRole('button', { name: 'Record a voice note' }).click();
    await turn.getByRole('meter', { name: 'Loudness' }).waitFor();
    // A shorter one could be over before it is seen playing.
    await page.waitForTimeout(2000);
    await turn.getByRole('button', { name: 'Finish recording' }).click();
    await turn.getByText('Kept as a recording.').waitFor();
    await page.reload();
    await turn.getByRole('button', { name: 'Play' }).click();
    await turn.getByRole('button', { name: 'Pause' }).waitFor();
    await turn.getByRole('region', { name: 'Voice notes' }).getByRole('button', { name: 'Remove' }).click();
    await turn.getByText('Kept as a recording.').waitFor({ state: 'detached' });
  });

  test('a question put otherwise is a branch, and one can go back, after a reload too', async () => {
    const turn = page.getByRole('article').last();
    await turn.hover();
    await turn.getByRole('button', { name: 'Edit the question' }).click();
    await page.getByLabel('The question, put otherwise').fill('What helps against the flu?');
    await page.getByRole('button', { name: 'Ask this' }).click();
    await turn.getByText('What helps against the flu?').waitFor();
    await turn.getByText('No reward model yet').waitFor();
    await turn.getByText('2/2').waitFor();
    await turn.getByRole('button', { name: 'The one before' }).click();
    await turn.getByText('What helps against a cold?').waitFor();
    await page.reload();
    await turn.getByText('What helps against the flu?').waitFor();
    await turn.getByRole('button', { name: 'The one before' }).click();
    await turn.getByText('Rest well and drink tea.').waitFor();
  });

  test('a stream that breaks keeps its text and offers to ask again', async () => {
    await page.getByLabel('Your question').fill('Please break');
    await page.keyboard.press('Enter');
    const turn = page.getByRole('article').last();
    await turn.getByText('The answer broke off. What came is kept.').waitFor();
    await turn.getByText('word0 word1').waitFor();
    await turn.getByRole('button', { name: 'Try again' }).waitFor();
  });

  test('conversations are found, renamed, and deleted with a way back', async () => {
    await page.getByRole('button', { name: 'New conversation' }).click();
    await ask(page, 'How tall are giraffes?');
    const list = page.getByRole('navigation', { name: 'Conversations' });
    const link = list.getByRole('link', { name: 'How tall are giraffes?' });
    await link.waitFor();
    const menu = async (title: string, action: string) => {
      await list.getByRole('link', { name: title }).hover();
      await list.getByRole('button', { name: `Actions for “${title}”` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await menu('How tall are giraffes?', 'Rename');
    await page.getByLabel('Title', { exact: true }).fill('Giraffes');
    await page.keyboard.press('Enter');
    await list.getByRole('link', { name: 'Giraffes' }).waitFor();

    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('flu');
    await list.getByRole('link', { name: 'Giraffes' }).waitFor({ state: 'detached' });
    await list.getByRole('link', { name: 'Something rich, please' }).click();
    await page.getByText('Please break').waitFor();
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('');

    await menu('Giraffes', 'Delete');
    await list.getByRole('link', { name: 'Giraffes' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('link', { name: 'Giraffes' }).waitFor();

    await menu('Giraffes', 'Delete');
    await list.getByRole('link', { name: 'Giraffes' }).waitFor({ state: 'detached' });
    // Leaving the page carries the removal out; it may be under way still when the list is read again.
    for (let looks = 0; looks < 20; looks += 1) {
      await page.reload();
      await list.getByRole('link', { name: 'Something rich, please' }).waitFor();
      if ((await list.getByRole('link', { name: 'Giraffes' }).count()) === 0) return;
    }
    assert.fail('The conversation is still there.');
  });

  test('a question that is half written outlives other pages and a reload, and goes when it is sent', async () => {
    const field = page.getByLabel('Your question');
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await page.getByRole('button', { name: 'New conversation' }).click();
    await field.fill('How do hedgehogs');
    await pages.getByRole('link', { name: 'Feedback', exact: true }).click();
    await page.getByRole('heading', { name: 'Feedback', level: 1 }).waitFor();
    await pages.getByRole('link', { name: 'Ask' }).click();
    await field.waitFor();
    assert.equal(await field.inputValue(), 'How do hedgehogs');
    await page.reload();
    await field.waitFor();
    assert.equal(await field.inputValue(), 'How do hedgehogs');
    await ask(page, 'How do hedgehogs sleep?');
    assert.equal(await field.inputValue(), '');
    await page.reload();
    const turn = page.getByRole('article').last();
    await turn.getByRole('heading', { name: 'How do hedgehogs sleep?' }).waitFor();
    assert.equal(await field.inputValue(), '');
  });

  test('a correction that is half written outlives a reload; Cancel gives it up', async () => {
    const turn = page.getByRole('article').last();
    const field = turn.getByRole('textbox', { name: 'The answer as it should have been' });
    const begin = () => turn.getByRole('button', { name: 'Correct it' }).click();
    await begin();
    const answer = await field.inputValue();
    await field.fill('In a nest of leaves');
    await page.reload();
    await begin();
    assert.equal(await field.inputValue(), 'In a nest of leaves');
    await turn.getByRole('button', { name: 'Cancel' }).click();
    await begin();
    assert.equal(await field.inputValue(), answer);
    await turn.getByRole('button', { name: 'Cancel' }).click();
  });

  test('conversations are opened from the palette on any page, by keyboard', async () => {
    const other = await visit(scene, scene.admin, '/dashboard');
    await other.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
    await other.keyboard.press('Control+k');
    await other.getByRole('option', { name: 'How do hedgehogs sleep?' }).waitFor();
    await other.keyboard.type('hedgehogs');
    await other.getByRole('option', { name: 'Dashboard' }).waitFor({ state: 'detached' });
    await other.keyboard.press('Enter');
    await other.getByRole('article').getByRole('heading', { name: 'How do hedgehogs sleep?' }).waitFor();
    await other.close();
  });

  test('a conversation that is not there says so', async () => {
    const other = await visit(scene, scene.admin, '/?c=nowhere');
    await other.getByText('This conversation is not here').waitFor();
    await other.close();
  });

  test('a question that the recorded model does not know leads to those that it knows', async () => {
    await scene.client.addRecordedAnswers({
      body: { items: [{ query: 'How deep is the sea?', answers: [{ text: 'Four kilometres.' }] }] },
    });
    const other = await visit(scene, scene.admin, '/');
    await other.getByRole('combobox', { name: 'Model' }).click();
    await other.getByRole('option', { name: /^recorded/ }).click();
    await other.getByLabel('Your question').fill('Is the sea deep anywhere?');
    await other.keyboard.press('Enter');
    const notice = other.getByRole('alert').filter({ hasText: 'These questions have answers here:' });
    await notice.getByRole('button', { name: 'How deep is the sea?' }).click();
    await other.getByText('Four kilometres.').waitFor();
    await other.close();
  });

  test('nothing crashed', () => assert.deepEqual(scene.crashes, []));
});

describe('the chat page by keyboard alone', { skip }, () => {
  let upstream: Upstream;
  let scene: WebScene;
  let page: Page;
  before(async () => {
    upstream = await startUpstream({ reply });
    scene = await open(upstream, { ATTUNE_COMPARE_SHARE: '1' });
    page = await visit(scene, scene.admin, '/');
  });
  after(async () => {
    await scene?.close();
    await upstream?.close();
  });
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  /** Goes on with Tab until the focus stands on what is meant. */
  const tabTo = async (target: Locator) => {
    await target.waitFor();
    for (let presses = 0; presses < 80; presses += 1) {
      if (await target.evaluate((element) => element.matches(':focus'))) return;
      await page.keyboard.press('Tab');
    }
    assert.fail('Tab does not lead there');
  };

  test('two answers are compared with a key, and the choice can be changed', async () => {
    await page.getByLabel('Your question').waitFor();
    await page.keyboard.type('What helps?');
    await keys('Enter');
    await page.getByText('Which answer is better?').waitFor();
    await keys('1');
    await page.getByText('You found the left one better.').waitFor();
    await tabTo(page.getByRole('button', { name: 'Compare again' }));
    await keys('Enter');
    await page.getByText('Which answer is better?').waitFor();
    await keys('b');
    await page.getByText('You found both bad.').waitFor();
    await reloadWhenWritten(page);
    await page.getByText('You found both bad.').waitFor();
  });

  test('a sentence is noted', async () => {
    await tabTo(page.getByRole('button', { name: 'Note', exact: true }));
    await keys('Enter');
    await page.getByRole('dialog', { name: 'Choose the sentence' }).waitFor();
    await tabTo(page.getByRole('dialog').getByRole('listitem').first().getByRole('button'));
    await keys('Enter');
    const form = page.getByRole('form', { name: 'Note' });
    await tabTo(form.getByRole('button', { name: 'Save' }));
    await keys('Enter');
    await notesOf(page.getByRole('article')).waitFor();
  });

  test('thumbs and stars are given', async () => {
    const turn = page.getByRole('article');
    await tabTo(turn.getByRole('button', { name: 'Good answer' }));
    await keys('Enter');
    await saved(turn);
    await tabTo(turn.getByRole('button', { name: '1 of 5' }));
    await keys('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await turn.getByRole('button', { name: '5 of 5', pressed: true }).waitFor();
    await saved(turn);
  });

  test('keys fold out what Attune did, put the question otherwise and go between branches', async () => {
    await page.getByLabel('Your question').focus();
    await keys('Escape', 'w');
    await page.getByRole('listitem', { name: 'Delivered candidate' }).waitFor();
    await keys('w', 'e');
    await page.getByLabel('The question, put otherwise').waitFor();
    await page.keyboard.type(' And when?');
    await keys('Enter');
    await page.getByText('Which answer is better?').waitFor();
    await page.getByText('2/2').waitFor();
    await keys('[');
    await page.getByText('1/2').waitFor();
    await keys(']');
    await page.getByText('2/2').waitFor();
  });

  test('keys lead to a new question and to those before', async () => {
    await keys('n');
    await page.getByText('What would you like to know?').waitFor();
    await page.getByLabel('Your question').focus();
    await keys('Escape', 's');
    await page.keyboard.type('helps');
    await tabTo(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first());
    await keys('Enter');
    await page.getByText('2/2').waitFor();
    assert.deepEqual(scene.crashes, []);
  });
});
