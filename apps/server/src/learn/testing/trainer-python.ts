import { readConfig } from '../../config.ts';
import { hasTrainer, trainerPython } from '../../trainer-home.ts';

/** The Python that runs the trainer in tests: the setting, else that of `./attune trainer install`. */
export const testPython = trainerPython(readConfig(process.env));

/** Why tests that run the trainer must be skipped, or false. */
export async function trainerMissing(): Promise<string | false> {
  if (await hasTrainer(testPython)) return false;
  return `${testPython} has no trainer: ./attune trainer install, or set ATTUNE_TRAINER_PYTHON`;
}
