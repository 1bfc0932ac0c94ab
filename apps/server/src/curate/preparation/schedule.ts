import { AttuneError, PrepareInput } from '@attune/contracts';
import { type Curate, systemActor } from '../curate.ts';
import { prepare } from './prepare.ts';

/**
 * The scheduled preparation: every organisation's unused feedback into a data set of its own. Too little data is no
 * failure; any other trouble in one organisation doesn't keep the next from its turn.
 * @throws AggregateError with what went wrong, after all had their turn
 */
export async function prepareForEveryone(curate: Curate, organizations: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const organization of organizations) {
    if (curate.stopping.aborted) return;
    try {
      const { id, name } = await prepare(curate, systemActor(organization), PrepareInput.parse({}));
      curate.log.info({ organization, dataset: id, name }, 'prepared a data set');
    } catch (error) {
      if (!(error instanceof AttuneError && error.code === 'not_enough_data')) failures.push(error);
      else curate.log.info({ organization, reason: error.message }, 'nothing to prepare yet');
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'preparation failed for some organisations');
}
