import { eachDatabase } from '../../testing/each-database.ts';
import { weightsMissing } from './tiny-model.ts';

/** One test on each kind of database, for tests with models that score. */
export const testOnEachDatabase = eachDatabase(weightsMissing);
