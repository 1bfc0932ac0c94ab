import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RewardError } from '../errors.ts';

/** The bytes of a file with weights. @throws RewardError `model_damaged` when it cannot be read */
export async function readWeights(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new RewardError(
      'model_damaged',
      `The weights ${path} cannot be read. Is the folder models/ complete?`,
      {
        cause,
      },
    );
  }
}

/** A name that changes whenever the weights do: `name@` and the first 12 hex digits of their SHA-256. */
export function weightsId(name: string, bytes: Uint8Array): string {
  return `${name}@${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
}
