import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AttuneError, type artifactUpload, type ResponseOf } from '@attune/contracts';
import { BlobDamaged } from '../../platform/blobs/blobs.ts';
import type { Learn } from '../learn.ts';
import { runFolder } from '../trainer/run-folder.ts';
import type { RemoteAttempt } from './remote-attempt.ts';

type Upload = ResponseOf<typeof artifactUpload>;
const ARRIVING = 'arriving';

/** How much of a file has arrived. */
export async function uploadState(learn: Learn, attempt: RemoteAttempt, sha256: string): Promise<Upload> {
  const whole = await learn.platform.blobs.stream(sha256);
  if (whole !== undefined) {
    await whole.content.cancel();
    return { received: whole.bytes, complete: true };
  }
  return { received: await lengthOf(partPath(learn, attempt, sha256)), complete: false };
}

/**
 * Adds a part to a file; with the last one the file becomes a blob, if its checksum is right.
 * @throws AttuneError `upload_out_of_step`, `upload_damaged`
 */
export async function addPart(
  learn: Learn,
  attempt: RemoteAttempt,
  sha256: string,
  part: { offset: number; total: number; bytes: Uint8Array },
): Promise<Upload> {
  const { offset, total, bytes } = part;
  if (await learn.platform.blobs.has(sha256)) return { received: total, complete: true };
  const path = partPath(learn, attempt, sha256);
  const end = offset + bytes.byteLength;
  if ((await lengthOf(path)) !== offset || end > total) throw new AttuneError('upload_out_of_step');
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  // At its place and not at the end: the same part sent twice at once does no harm.
  const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
  try {
    await file.write(bytes, 0, bytes.byteLength, offset);
  } finally {
    await file.close();
  }
  if (end < total) return { received: end, complete: false };
  await keep(learn, path, sha256);
  return { received: total, complete: true };
}

async function keep({ platform }: Learn, path: string, sha256: string): Promise<void> {
  try {
    await platform.blobs.keep(sha256, createReadStream(path));
  } catch (error) {
    if (error instanceof BlobDamaged) {
      await rm(path, { force: true });
      throw new AttuneError('upload_damaged', {}, { cause: error });
    }
    throw error;
  }
  await rm(path, { force: true });
}

function partPath({ needs }: Learn, { id }: RemoteAttempt, sha256: string): string {
  return join(runFolder(needs.trainer.runsFolder, id), ARRIVING, sha256);
}

async function lengthOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
