import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { RewardError } from '../errors.ts';

/** The bytes of a file with weights. @throws RewardError `model_damaged` when it cannot be read */
export async function readWeights(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

/**
 * A name that changes whenever the weights do: `name@` and the first 12 hex digits of their SHA-256. The file is read
 * piece by piece, not into memory.
 * @throws RewardError `model_damaged` when it cannot be read
 */
export async function weightsId(name: string, path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return `${name}@${hash.digest('hex').slice(0, 12)}`;
}

function unreadable(path: string, cause: unknown): RewardError {
  return new RewardError(
    'model_damaged',
    `The weights ${path} cannot be read. Is the folder models/ complete?`,
    { cause },
  );
}
