import { DemoStage } from '@attune/contracts';
import { createClient } from '@attune/sdk';
import { readCorpus } from './corpus.ts';
import { collectRatings, shipAndShow } from './loop.ts';
import type { Stage } from './stages.ts';

/** Where the corpus goes. */
export interface DemoTarget {
  readonly url: string;
  /** Key of an admin of the organisation. */
  readonly key: string;
  /** Ends it before the next request. */
  readonly signal: AbortSignal;
  /** How much of a stage is done, 0 to 1. */
  report(stage: DemoStage, done: number): void;
}

/**
 * Loads the corpus into an organisation as `attune demo` does, but for what it measures on held-out questions, and with the
 * embedder that takes seconds: somebody waits.
 */
export async function bringDemo({ url, key, signal, report }: DemoTarget): Promise<void> {
  const client = createClient({
    url,
    apiKey: key,
    fetch: (input, init) => {
      signal.throwIfAborted();
      return fetch(input, init);
    },
  });
  const stage: Stage = async (name, _label, work) => {
    const known = DemoStage.parse(name);
    report(known, 0);
    const { result } = await work({
      update: (done, total) => report(known, total === null || total === 0 ? 0 : Math.min(1, done / total)),
      finish: () => undefined,
    });
    return result;
  };
  const questions = await readCorpus();
  await collectRatings(client, url, questions, stage);
  await shipAndShow(client, url, questions, stage, 'static');
}
