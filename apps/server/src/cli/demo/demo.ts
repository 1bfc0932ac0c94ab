import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbedderName } from '@attune/contracts';
import { createClient } from '@attune/sdk';
import { z } from 'zod';
import { dataFolder } from '../../config.ts';
import { type RunningServer, startServer } from '../../main.ts';
import { configFor, greeting, type UpOptions } from '../up.ts';
import { buildWebPage } from '../web-page.ts';
import { type DemoQuestion, readCorpus } from './corpus.ts';
import type { HeldOut } from './held-out.ts';
import { type LoopResult, runLoop } from './loop.ts';
import { reportText } from './report.ts';
import { createStages, type Stage } from './stages.ts';

export interface DemoOptions extends UpOptions {
  exit?: boolean | undefined;
  json?: string | undefined;
  embedder: EmbedderName;
}

interface DemoResult extends LoopResult {
  run_sha256: string;
  seconds: Record<string, number>;
}

/** What the first run found is kept in the data folder, so that the second start shows it at once. */
const RESULT_FILE = 'demo-result.json';

/** Only the part that tells whether a kept result belongs to this corpus is checked. */
const Kept = z.looseObject({
  run_sha256: z.string(),
  seconds: z.record(z.string(), z.number()),
  heldout: z.custom<HeldOut>((value) => value !== null),
});

/**
 * `attune demo`: starts the server on the embedded default, runs one turn of the loop on the shipped corpus (once
 * per data folder) and shows what came of it.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const begun = performance.now();
  const config = configFor({ ...options, data: options.data ?? process.env.ATTUNE_DATA ?? './data/demo' });
  const { stage, seconds } = createStages(false);
  // Beside the loop: the page is first looked at when the table stands.
  const page = buildWebPage().catch((error: unknown) => `could not be built: ${String(error)}`);
  const server = await stage('start', 'Start Attune', async () => {
    const result = await startServer({
      ...config,
      ATTUNE_LOG_LEVEL: 'error',
      ATTUNE_FEEDBACK_PER_MINUTE: 100_000,
    });
    return { result, summary: result.url };
  });
  try {
    const result = await resultOf(server, dataFolder(config), stage, {
      begun,
      seconds,
      embedder: options.embedder,
    });
    await stage('page', 'Web page', async () => ({ result: null, summary: await page }));
    process.stdout.write(reportText(result.heldout));
    if (options.json !== undefined) await writeWhole(options.json, `${JSON.stringify(result, null, 2)}\n`);
    process.stdout.write(`\n${greeting(server)}`);
  } catch (error) {
    await server.close();
    throw error;
  }
  if (options.exit === true) await server.close();
  else server.stopOnSignals();
}

/** The kept result of this corpus, else that of a run of the loop now. */
async function resultOf(
  server: RunningServer,
  folder: string,
  stage: Stage,
  { begun, seconds, embedder }: { begun: number; seconds: Record<string, number>; embedder: EmbedderName },
) {
  const questions = await readCorpus();
  const hash = runHash(questions, embedder);
  const file = join(folder, RESULT_FILE);
  const kept = await keptResult(file, hash);
  const client = createClient({ url: server.url, apiKey: server.localKey });
  // Its data may have been removed since, with a click.
  const { state } = await client.getDemo();
  if (kept !== null && state === 'loaded') return { ...kept, seconds: { ...kept.seconds, ...seconds } };
  await client.markDemo({ body: { state: 'loading' } });
  const outcome = await runLoop(client, server.url, questions, stage, embedder);
  await client.markDemo({ body: { state: 'loaded' } });
  seconds.total = Math.round(performance.now() - begun) / 1000;
  const result: DemoResult = { ...outcome, run_sha256: hash, seconds };
  await writeWhole(file, JSON.stringify(result, null, 2));
  return result;
}

/** A kept result is shown again only for the same corpus and embedder. */
function runHash(questions: readonly DemoQuestion[], embedder: EmbedderName): string {
  return createHash('sha256')
    .update(JSON.stringify([questions, embedder]))
    .digest('hex');
}

async function keptResult(file: string, hash: string) {
  try {
    const kept = Kept.safeParse(JSON.parse(await readFile(file, 'utf8')));
    // A result that another release wrote in another form is made again.
    return kept.success && kept.data.run_sha256 === hash ? kept.data : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
