/**
 * Writes docs/benchmarks.md and the tables of models/ and demo/ from the benches' JSON: `node bench/report.ts FOLDER`,
 * where FOLDER holds NAME.json of each bench as `attune bench NAME --json` printed it. What is not in the folder is
 * said to be missing, in the document and on standard error.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gatewayText } from './report/gateway.ts';
import { agreementText, piiText } from './report/labels.ts';
import { embedderText, mappingText, qualityText, scoringText, trainingText } from './report/models.ts';
import { bundlesText, chatText, feedbackText, interactionsText, reviewText } from './report/people.ts';
import { notTaken, takenText, withSection } from './report/section.ts';
import { dashboardsText } from './report/watch.ts';

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? '.';
const page = 'docs/benchmarks.md';

/** A bench's figures as it printed them; undefined where the folder has none, as when the bench failed. */
async function figures(name: string) {
  const file = join(folder, `${name}.json`);
  const printed = existsSync(file) ? await readFile(file, 'utf8') : '';
  return printed === '' ? undefined : JSON.parse(printed);
}

async function write(path: string, name: string, renew: (before: string) => string): Promise<void> {
  const file = join(root, path);
  await writeFile(file, withSection(await readFile(file, 'utf8'), name, renew));
}

/** Sections of docs/benchmarks.md, each by the bench of its name. */
const sections = {
  gateway: gatewayText,
  scoring: scoringText,
  training: trainingText,
  feedback: feedbackText,
  review: reviewText,
  dashboards: dashboardsText,
  interactions: interactionsText,
  chat: chatText,
  bundles: bundlesText,
  quality: qualityText,
  agreement: agreementText,
  pii: piiText,
};

/** Tables elsewhere, all from bench quality: what they say stays true of what is shipped when it was not run. */
const tables = [
  ['models/minilm-static-256/README.md', 'quality', embedderText('static')],
  ['models/all-MiniLM-L6-v2/README.md', 'quality', embedderText('minilm')],
  ['demo/README.md', 'mappings', mappingText],
] as const;

for (const [name, textOf] of Object.entries(sections)) {
  const result = await figures(name);
  if (result === undefined) process.stderr.write(`${folder} has no figures of ${name}.\n`);
  await write(page, name, (before) =>
    result === undefined ? notTaken(name, before) : `${takenText(result.taken)}\n\n${textOf(result)}`,
  );
}
const quality = await figures('quality');
if (quality !== undefined)
  for (const [path, mark, textOf] of tables) await write(path, mark, () => textOf(quality));
