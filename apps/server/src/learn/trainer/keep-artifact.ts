import { createReadStream } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { RunEvent } from '@attune/contracts';
import { BlobDamaged } from '../../platform/blobs/blobs.ts';
import type { LearnPlatform } from '../learn.ts';

type ArtifactEvent = Extract<RunEvent, { type: 'artifact' }>;

/** A file that a run named is not there, or not the one that it named. */
export class ArtifactDamaged extends Error {}

/**
 * Takes a file of a run's folder into the blobs, checked on the way.
 * @throws ArtifactDamaged
 */
export async function keepArtifact(
  { blobs }: Pick<LearnPlatform, 'blobs'>,
  folder: string,
  { name, path, sha256 }: ArtifactEvent,
): Promise<void> {
  if (await blobs.has(sha256)) return;
  const inside = relative(folder, join(folder, path));
  if (inside.startsWith('..') || isAbsolute(inside))
    throw new ArtifactDamaged(`${name} lies outside of the run.`);
  try {
    await blobs.keep(sha256, createReadStream(join(folder, path)));
  } catch (error) {
    if (error instanceof BlobDamaged)
      throw new ArtifactDamaged(`${name} does not have the checksum that the trainer gave.`);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new ArtifactDamaged(`${name} is gone.`);
    throw error;
  }
}
