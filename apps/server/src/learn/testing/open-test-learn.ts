import { join } from 'node:path';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { openCache } from '../../platform/cache/open.ts';
import { systemClock } from '../../platform/clock.ts';
import type { DatabaseKind } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import { type Calls, callsTo } from '../../testing/calls.ts';
import { closeLast, type Ground, groundOf, newOrganizations } from '../../testing/ground.ts';
import { trainerSources } from '../../trainer-home.ts';
import type { LearnPlatform } from '../learn.ts';
import type { TrainerNeeds } from '../needs.ts';
import { type LearnRoom, openLearn } from '../room.ts';
import { CollectedModels } from './collected-models.ts';
import { modelsFolder } from './demo-snapshot.ts';
import { type GivenRows, StoredDatasets } from './stored-datasets.ts';
import { testPython } from './trainer-python.ts';
import { UnusedRatings } from './unused-ratings.ts';

/** A room on a database, called as the HTTP server would for an organisation of its own. */
export interface TestLearn extends Calls, Pick<LearnRoom, 'measureGates'> {
  readonly platform: LearnPlatform;
  readonly models: CollectedModels;
  readonly ratings: UnusedRatings;
  readonly runsFolder: string;
  readonly organization: string;
  /** Another organisation on the same database. */
  readonly other: string;
  /** Freezes rows into a data set of that name; gives its id. */
  freeze(name: string, rows: GivenRows): Promise<string>;
  /** The same room on a further replica, for the same organisation; `running` ones take up jobs. */
  replica(running: boolean): Promise<TestLearn & { stop(): Promise<void> }>;
}

/** What is kept of data sets and models beside a database. */
interface Kept {
  readonly datasets: StoredDatasets;
  readonly models: CollectedModels;
  readonly ratings: UnusedRatings;
}

// A running replica takes up the jobs of every test of the file, and must find their data sets.
const kept = new Map<Ground, Kept>();

function keptBeside(ground: Ground): Kept {
  const known = kept.get(ground);
  if (known !== undefined) return known;
  const datasets = new StoredDatasets(ground.database);
  const made = { datasets, models: new CollectedModels(), ratings: new UnusedRatings(datasets) };
  kept.set(ground, made);
  return made;
}

/** Opens the room for a new organisation on a database of a kind. It takes up no jobs; its running replicas do. */
export async function openTestLearn(
  kind: DatabaseKind,
  trainer: Partial<TrainerNeeds> = {},
): Promise<TestLearn> {
  const ground = await groundOf(kind);
  const beside = keptBeside(ground);
  const { datasets, models, ratings } = beside;
  const [organization, other] = await newOrganizations(ground);

  const replica = async (running: boolean) => {
    const { room, platform, stop } = await openRoom(ground, running, beside, trainer);
    const freeze = (name: string, rows: GivenRows) => datasets.freeze(organization, name, rows);
    const calls = callsTo(room.routes, organization);
    const runsFolder = join(ground.blobFolder, 'runs');
    const { measureGates } = room;
    const rest = { freeze, replica, stop, measureGates, ...calls };
    return { platform, models, ratings, runsFolder, organization, other, ...rest };
  };
  const { stop, ...test } = await replica(false);
  closeLast(stop);
  return test;
}

async function openRoom(
  { database, blobFolder }: Ground,
  running: boolean,
  { datasets, models, ratings }: Kept,
  setting: Partial<TrainerNeeds>,
) {
  const { cache } = await openCache({ log: silentLog });
  const queue = await openQueue({ database, log: silentLog });
  const platform: LearnPlatform = {
    log: silentLog,
    clock: systemClock,
    database,
    queue,
    cache,
    blobs: await openBlobs(blobFolder),
    audit: createAudit(database, systemClock),
  };
  const trainer = {
    python: testPython,
    sources: trainerSources,
    runsFolder: join(blobFolder, 'runs'),
    mostRuns: 1,
    hourlyCost: 1,
    ...setting,
  };
  const room = openLearn(platform, {
    datasets,
    registry: models.registry(),
    modelsFolder,
    trainer,
    ray: null,
    retraining: ratings,
    judging: { open: unasked, add: unasked, standing: unasked },
    preferences: { add: unasked },
  });
  if (running) {
    await room.start();
    await queue.start();
  }
  const stop = async () => {
    await room.stop();
    await queue.stop(1000);
    await cache.close();
  };
  return { room, platform, stop };
}

/** What the outputs of jobs lead to is tested with the rooms they go to. */
function unasked(): Promise<never> {
  return Promise.reject(new Error('no test of this room alone has outputs'));
}
