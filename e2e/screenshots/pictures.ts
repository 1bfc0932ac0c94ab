import type { Locator, Page } from 'playwright-core';
import type { Team } from './people.ts';
import { QUESTION, type Scene } from './scene.ts';
import type { Shown } from './shoot.ts';
import type { Training } from './training.ts';

/** One picture: who looks at which address, what they do there, and how it is shown. */
export interface Picture extends Shown {
  readonly who?: keyof Team;
}

const seen = (find: (page: Page) => Locator) => (page: Page) => find(page).first().waitFor();
const seenPart = (selector: string) => seen((page) => page.locator(selector));

/** Every page, in the order of the loop. */
export function picturesOf(scene: Scene): Picture[] {
  const { chat, compared, curated, judging, dataset, training, experiment, report } = scene;
  const project = `/judge/projects/${judging.project}`;
  return [
    { name: 'ask', path: `/?c=${chat}`, ready: unfoldCandidates, tall: true },
    { name: 'ask-dark', path: `/?c=${chat}`, ready: unfoldCandidates, dark: true, tall: true },
    {
      name: 'comparison',
      path: `/?c=${compared}`,
      ready: seen((page) => page.getByText('Which answer is better?')),
    },
    { name: 'feedback', path: '/feedback', ready: seenPart('main details') },
    {
      name: 'review',
      who: 'mai',
      path: `/review?source=user&item=${curated.item}`,
      ready: seenPart('article[data-item] h3'),
    },
    {
      name: 'review-table',
      who: 'mai',
      path: '/review?view=table&order=teaching&source=user',
      ready: seenPart('[data-row]'),
    },
    { name: 'my-work', who: 'mai', path: '/judge', ready: seen((page) => page.getByText('52 judged')) },
    {
      name: 'judge',
      who: 'mai',
      path: `/judge/${judging.project}`,
      ready: chooseA,
    },
    { name: 'agreement', path: `${project}?tab=agreement`, ready: seen((page) => page.getByText('n =')) },
    { name: 'disagreements', path: `${project}?tab=disagreements`, ready: openDecision, tall: true },
    { name: 'pairs', path: '/pairs', ready: seenPart('[data-row-link]') },
    {
      name: 'pair',
      path: `/pairs/${curated.pair}`,
      ready: seenPart('section[aria-busy=false] li, section[aria-busy=false] p'),
    },
    { name: 'datasets', path: '/datasets', ready: seen((page) => page.getByRole('table')) },
    { name: 'new-dataset', path: '/datasets/new', ready: fillQuery },
    { name: 'report', path: `/datasets/${dataset}`, ready: seenPart('[role=tabpanel] dl') },
    { name: 'export', path: `/datasets/${dataset}?tab=export`, ready: chooseFormat },
    { name: 'card', path: `/datasets/${dataset}?tab=card`, ready: seenPart('article') },
    { name: 'lineage', path: `/datasets/${dataset}?tab=lineage`, ready: seenPart('svg a') },
    { name: 'import', path: '/import', ready: dropFile },
    ...(training === null ? [] : picturesOfTraining(training)),
    { name: 'models', path: '/models', ready: seen((page) => page.getByText('health@1.0.0')) },
    {
      name: 'experiments',
      path: '/experiments',
      ready: seen((page) => page.getByText('Plain features or all of them')),
    },
    { name: 'experiment', path: `/experiments/${experiment}`, ready: drawsCurves, tall: true },
    { name: 'live', path: '/live', ready: seenPart('[data-counter]') },
    { name: 'alerts', path: '/alerts?tab=rules', ready: seenPart('[data-rule]') },
    { name: 'trends', path: '/trends?period=30d', ready: seenPart('[data-panel] canvas'), tall: true },
    {
      name: 'monthly-report',
      path: `/reports/${report}`,
      ready: seen((page) => page.getByRole('table')),
      tall: true,
    },
    { name: 'dashboard', path: '/dashboard', ready: seen((page) => page.getByRole('table').last()) },
    { name: 'members', path: '/settings?tab=members', ready: seen((page) => page.getByRole('table')) },
    { name: 'keys', path: '/settings?tab=keys', ready: seen((page) => page.getByRole('table')) },
    { name: 'settings', path: '/settings?tab=organization', ready: seen((page) => page.getByRole('radio')) },
    { name: 'palette', path: '/datasets', ready: openPalette },
    { name: 'phone-judge', who: 'mai', path: `/judge/${judging.untouched}`, ready: chooseA, phone: true },
    { name: 'phone-ask', path: `/?c=${chat}`, ready: seen((page) => page.getByRole('article')), phone: true },
    {
      name: 'review-vietnamese',
      who: 'mai',
      path: `/review?source=user&item=${curated.item}`,
      ready: seenPart('article[data-item] h3'),
      language: 'vi',
    },
  ];
}

function picturesOfTraining({ running, ended }: Training): Picture[] {
  return [
    { name: 'training', path: '/training', ready: seen((page) => page.getByRole('progressbar')) },
    { name: 'run', path: `/training/${running}`, ready: drawsCurves },
    { name: 'runs-compared', path: `/training/${running}`, ready: (page) => compareWith(page, ended) },
  ];
}

const drawsCurves = seen((page) => page.locator('figure canvas'));

async function compareWith(page: Page, run: string): Promise<void> {
  await drawsCurves(page);
  await page.getByLabel('Compare with').selectOption(run);
  await page
    .locator('figcaption')
    .filter({ hasText: /training.*training/s })
    .first()
    .waitFor();
}

async function unfoldCandidates(page: Page): Promise<void> {
  await page.getByRole('button', { name: '3 candidates' }).click();
  await page
    .getByRole('listitem', { name: /candidate/i })
    .nth(2)
    .waitFor();
}

async function chooseA(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'A is better' }).click();
  await page.getByRole('button', { name: 'Strength 2' }).click();
}

async function openDecision(page: Page): Promise<void> {
  const card = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Decide' }) });
  await card.first().getByRole('button', { name: 'Decide' }).click();
  await page.getByLabel('Why (for the others)').waitFor();
}

/** With the code that loads it at the foot. */
async function chooseFormat(page: Page): Promise<void> {
  await page.getByLabel('Format').selectOption({ label: 'TRL: preference' });
  await page.getByRole('tab', { name: 'TRL' }).click();
  await page.getByRole('button', { name: 'Copy' }).last().scrollIntoViewIfNeeded();
}

async function fillQuery(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('the last four weeks');
  await page.getByLabel('Last days').fill('28');
  await page.getByText('feedback match').waitFor();
  await page.locator('section[aria-busy=false]').waitFor();
}

/** Rows of another tool, in words of their own. */
const VERDICTS = [
  'Question,Reply,Verdict,Remark',
  `"${QUESTION}","Wash your hands often, and keep your distance.",Excellent,Short and right`,
  '"Has COVID-19 been detected in drinking water?","The virus has not been detected in drinking water.",Excellent,',
  '"Does drinking water help prevent COVID-19?","Drink water to stay healthy.",Bad,Does not answer',
  '"When is it ok not to wear gloves?","Wash your hands instead.",Acceptable,',
  '"What does a respirator do?"',
].join('\n');

async function dropFile(page: Page): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'verdicts.csv', mimeType: 'text/csv', buffer: Buffer.from(VERDICTS) });
  await page.getByLabel('Import as').selectOption('ratings');
  await page.getByLabel('Question: From the file').selectOption('Question');
  await page.getByLabel('Answer: From the file', { exact: true }).selectOption('Reply');
  await page.getByLabel('Rating: From the file').selectOption('Verdict');
  await page.getByLabel('Rating: Labels').fill('Excellent = 5, Acceptable = 4, Bad = 1');
  await page.getByLabel('Rating: Labels').blur();
  await page.getByLabel('Comment: From the file').selectOption('Remark');
  await page.getByText('4 rows are good').waitFor();
}

async function openPalette(page: Page): Promise<void> {
  await page.getByRole('table').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
}
