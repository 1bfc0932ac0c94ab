import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { hasTrainer, trainerPython, trainerSources } from '../trainer-home.ts';
import { CannotInstall, installTrainer } from '../trainer-install.ts';
import { UsageError } from './failure.ts';

/** Installs the trainer, telling how far it is on standard error. */
export async function install(extras: readonly string[]): Promise<void> {
  try {
    await installTrainer(extras, (line) => process.stderr.write(`  ${line}\n`));
  } catch (error) {
    if (error instanceof CannotInstall) throw new UsageError(error.message, error.advice);
    throw error;
  }
}

/** What the trainer says of itself and this machine: versions and device, by name. */
export async function checkTrainer(config: Config): Promise<Record<string, string>> {
  const python = trainerPython(config);
  if (!(await hasTrainer(python))) {
    throw new UsageError(
      `${python} has no trainer.`,
      'Run `./attune trainer install`, or set ATTUNE_TRAINER_PYTHON.',
    );
  }
  const env = { ...process.env, PYTHONPATH: trainerSources };
  const { stdout } = await promisify(execFile)(python, ['-m', 'attune_trainer', 'check'], { env });
  const said = z.record(z.string(), z.union([z.string(), z.number()])).parse(JSON.parse(stdout));
  const texts = Object.entries(said).map(([name, value]) => [name, String(value)]);
  return { interpreter: python, ...Object.fromEntries(texts) };
}
