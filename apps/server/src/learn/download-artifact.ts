import { AttuneError } from '@attune/contracts';
import { artifactsOf } from './artifact-store.ts';
import type { JobKey } from './job-key.ts';
import type { LearnPlatform } from './learn.ts';

/**
 * A file that a run made, sent as it is read: weights are larger than memory.
 * @throws AttuneError `artifact_not_found`
 */
export async function downloadArtifact(
  { database, blobs }: LearnPlatform,
  job: JobKey,
  sha256: string,
): Promise<Response> {
  const artifact = (await artifactsOf(database.sql, job)).find((each) => each.sha256 === sha256);
  const file = artifact === undefined ? undefined : await blobs.stream(sha256);
  if (artifact === undefined || file === undefined) throw new AttuneError('artifact_not_found');
  const fileName = artifact.name
    .split('/')
    .at(-1)
    ?.replace(/[^\w.-]/g, '_');
  return new Response(file.content, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
}
