import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from './config.ts';

const repository = join(import.meta.dirname, '../../..');

/** Folder of the trainer's Python package. */
export const trainerSources = join(repository, 'trainer');
/** Folder of the virtual environment that `attune trainer install` makes. */
export const trainerEnvironment = join(repository, '.attune/trainer');

/** The Python that runs the trainer: the setting, else that of the installed environment. */
export function trainerPython(config: Pick<Config, 'ATTUNE_TRAINER_PYTHON'>): string {
  return config.ATTUNE_TRAINER_PYTHON ?? join(trainerEnvironment, 'bin/python');
}

/** Whether a Python is there that has the packages of the trainer; they are looked for, not loaded. */
export async function hasTrainer(python: string): Promise<boolean> {
  const packages = "('torch', 'transformers', 'peft', 'jsonschema', 'psutil')";
  const look = `import importlib.util as u, sys; sys.exit(any(u.find_spec(p) is None for p in ${packages}))`;
  try {
    await promisify(execFile)(python, ['-c', look]);
    return true;
  } catch {
    // No such program, or it ends with 1: either way there is no trainer.
    return false;
  }
}
