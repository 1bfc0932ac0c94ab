import { type Progress, startProgress } from '../progress.ts';

/** Runs a named stage with a progress line and remembers its seconds. */
export type Stage = <Result>(
  name: string,
  label: string,
  work: (progress: Progress) => Promise<{ result: Result; summary: string }>,
) => Promise<Result>;

export function createStages(quiet: boolean): { stage: Stage; seconds: Record<string, number> } {
  const seconds: Record<string, number> = {};
  const stage: Stage = async (name, label, work) => {
    const started = performance.now();
    const progress = startProgress(label, quiet);
    const { result, summary } = await work(progress);
    seconds[name] = Math.round(performance.now() - started) / 1000;
    progress.finish(summary);
    return result;
  };
  return { stage, seconds };
}
