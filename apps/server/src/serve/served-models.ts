import { AttuneError } from '@attune/contracts';
import type { Log } from '../platform/log.ts';
import type { Generators } from './generators.ts';

/** The list of models as OpenAI's clients read it. An upstream that cannot be reached leaves Attune's own names. */
export async function servedModels(generators: Generators, log: Log) {
  const names = await generators.names().catch((error: unknown) => {
    if (!(error instanceof AttuneError)) throw error;
    log.warn({ err: error }, 'the upstream does not list its models');
    return generators.ownNames;
  });
  const data = names.map((id) => ({
    id,
    object: 'model' as const,
    created: 0,
    owned_by: generators.ownNames.includes(id) ? 'attune' : 'upstream',
  }));
  return { object: 'list' as const, data };
}
