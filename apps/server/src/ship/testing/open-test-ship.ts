import type { TestContext } from 'node:test';
import type { Ramp, Role } from '@attune/contracts';
import { readConfig } from '../../config.ts';
import { openBlobs } from '../../platform/blobs/local-folder.ts';
import { openCache } from '../../platform/cache/open.ts';
import type { Database } from '../../platform/db/open.ts';
import type { DatabaseKind } from '../../platform/db/test-database.ts';
import { createAudit } from '../../platform/identity/audit.ts';
import { newId } from '../../platform/ids.ts';
import { silentLog } from '../../platform/log.ts';
import { openQueue } from '../../platform/queue/open.ts';
import { openSecretBox } from '../../platform/secret-box.ts';
import { type Calls, callsTo } from '../../testing/calls.ts';
import { groundOf, newOrganizations } from '../../testing/ground.ts';
import type { ExperimentEvidence } from '../experiments/experiment-evidence.ts';
import type { GateNeeds } from '../gates/gate-needs.ts';
import type { LiveModel } from '../live-model.ts';
import type { Observations } from '../observe.ts';
import type { OffPolicyNeeds } from '../off-policy/off-policy-needs.ts';
import type { LivePolicy } from '../policies/live-policy.ts';
import { type EndedExperiment, openShip, type Ship } from '../room.ts';
import type { ShadowNeeds } from '../shadow/shadow-needs.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { HeldClock } from './held-clock.ts';
import { tinyModel } from './tiny-model.ts';

/** A room on a database, called as the HTTP server would for an organisation of its own. */
export interface TestShip extends Calls {
  readonly ship: Ship;
  readonly platform: ShipPlatform;
  readonly clock: HeldClock;
  readonly organization: string;
  /** Another organisation on the same database. */
  readonly other: string;
  /** What the ramps see; nothing unless a test puts something in its place. */
  readonly seen: { -readonly [Name in keyof Observations]: Observations[Name] };
  /** What experiments show; nothing unless a test puts something in its place. */
  readonly evidence: { -readonly [Name in keyof ExperimentEvidence]: ExperimentEvidence[Name] };
  /** What other rooms say to gates; nothing unless a test puts something in its place. */
  readonly gates: { -readonly [Name in keyof GateNeeds]: GateNeeds[Name] };
  /** What other rooms say to shadows; nothing unless a test puts something in its place. */
  readonly shadows: { -readonly [Name in keyof ShadowNeeds]: ShadowNeeds[Name] };
  /** What other rooms say to off-policy evaluation; nothing unless a test puts something in its place. */
  readonly offPolicy: { -readonly [Name in keyof OffPolicyNeeds]: OffPolicyNeeds[Name] };
  /** The same calls by somebody of another role. */
  as(role: Role): Calls;
  /** Experiments that were told to have ended by themselves. */
  readonly ended: EndedExperiment[];
  /** Ramps that were told to be rolled back. */
  readonly rolledBack: Ramp[];
  /** Ramps that were told to wait for somebody to decide. */
  readonly held: Ramp[];
  /** How this replica loads a model, and what a policy says that is asked; at once unless a test puts something in its place. */
  readonly loading: {
    load: (model: LiveModel) => Promise<void>;
    tryPolicy: (policy: LivePolicy) => Promise<void>;
  };
  /** Registers a model that can score, made by a job of its own; gives its `name@version`. Another seed, another file. */
  register(name?: string, seed?: number): Promise<string>;
  /** One more replica: its own connections where the database allows, its own cache, the same blobs and clock. */
  another(working?: boolean): Promise<TestShip>;
}

const unasked = () => Promise.reject(new Error('this test asks no other room'));
const nothingMeasured: GateNeeds = {
  measure: unasked,
  score: unasked,
  datasetId: unasked,
  compareDatasets: async () => null,
  hyperparameters: async () => ({}),
  competing: async () => [],
  judging: { open: unasked, add: unasked, standing: unasked },
};

const nothingProved: ExperimentEvidence = {
  answers: async () => [],
  feedback: async () => [],
  segments: async () => [],
};

const nothingToShadow: ShadowNeeds = {
  answers: { count: async () => 0, drawn: async () => [], byId: async () => [] },
  labels: async () => [],
  score: unasked,
  judging: { open: unasked, add: unasked, standing: unasked },
};

const nothingReceived: OffPolicyNeeds = {
  received: async () => ({ total: 0, drawn: [] }),
  chosen: async () => [],
  trainedOn: async () => () => false,
  score: unasked,
};

const nothingSeen: Observations = {
  answers: async () => [],
  feedback: async () => [],
};

// Training takes a moment: the models of a file that need not differ have one file.
let artifact: Promise<Uint8Array> | undefined;

/** No test of traffic alone has anything in the queue; opening one takes a while. */
const idleQueue: ShipPlatform['queue'] = { define: () => undefined, send: async () => null };

/**
 * Opens the room on a database of a kind and starts it; everything ends with the test.
 * @param options `working`: with a queue that does what is sent to it
 */
export async function openTestShip(
  t: TestContext,
  kind: DatabaseKind,
  { working = false }: { working?: boolean } = {},
): Promise<TestShip> {
  const ground = await groundOf(kind);
  const [organization, other] = await newOrganizations(ground);
  const { sql } = ground.database;
  const blobs = await openBlobs(ground.blobFolder);
  const secrets = await openSecretBox(ground.blobFolder);
  const clock = new HeldClock();
  const seen = { ...nothingSeen };
  const evidence = { ...nothingProved };
  const gates: TestShip['gates'] = { ...nothingMeasured };
  const shadows: TestShip['shadows'] = { ...nothingToShadow };
  const offPolicy: TestShip['offPolicy'] = { ...nothingReceived };
  const ends: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
    // The clocks of later tests shall not find it.
    await sql
      .updateTable('ab_test_experiments')
      .set({ status: 'cancelled' })
      .where('status', '=', 'running')
      .execute();
    await sql.updateTable('shadows').set({ status: 'stopped' }).where('status', '=', 'running').execute();
    await sql.updateTable('ramps').set({ state: 'superseded' }).where('state', '=', 'ramping').execute();
  });

  const stored = async (file: Uint8Array) => ({ sha256: await blobs.put(file), bytes: file.byteLength });

  const replica = async (database: Database, works: boolean): Promise<TestShip> => {
    const { cache } = await openCache({ log: silentLog });
    ends.push(() => cache.close());
    const audit = createAudit(database, clock);
    const worked = works ? await openQueue({ database, log: silentLog }) : null;
    const queue = worked ?? idleQueue;
    const platform = {
      config: readConfig({}),
      log: silentLog,
      clock,
      database,
      cache,
      blobs,
      audit,
      queue,
      secrets,
    };
    const rolledBack: Ramp[] = [];
    const held: Ramp[] = [];
    const ended: EndedExperiment[] = [];
    const loading: TestShip['loading'] = {
      load: async () => undefined,
      tryPolicy: async () => undefined,
    };
    const ship = openShip(platform, {
      observations: seen,
      evidence,
      onExperimentEnd: async (experiment) => void ended.push(experiment),
      onRollback: async (ramp) => void rolledBack.push(ramp),
      onRampHold: async (ramp) => void held.push(ramp),
      loadModel: (model) => loading.load(model),
      tryPolicy: (policy) => loading.tryPolicy(policy),
      gates,
      shadows,
      offPolicy,
    });
    await ship.start();
    ends.push(() => ship.stop());
    if (worked !== null) {
      await worked.start();
      ends.push(() => worked.stop(1000));
    }
    const register = async (name = 'reward', seed?: number) => {
      artifact ??= tinyModel();
      const file = await (seed === undefined ? artifact : tinyModel(seed));
      return await registerModel(ship, database, await stored(file), name, organization);
    };
    const calls = callsTo(ship.routes, organization);
    const as = (role: Role) => callsTo(ship.routes, organization, role);
    const asked = { seen, evidence, gates, shadows, offPolicy };
    const rest = { ...asked, ended, rolledBack, held, loading, register, another, as };
    return { ship, platform, clock, organization, other, ...rest, ...calls };
  };
  const another = async (works = false) => {
    const database = await ground.openAgain();
    if (database !== ground.database) ends.push(() => database.close());
    return await replica(database, works);
  };
  return await replica(ground.database, working);
}

async function registerModel(
  ship: Ship,
  { sql }: Database,
  artifact: { sha256: string; bytes: number },
  name: string,
  organization: string,
): Promise<string> {
  const [jobId, datasetId] = [newId(), newId()];
  await sql
    .insertInto('training_datasets')
    .values({
      id: datasetId,
      organization,
      name: 'd',
      description: '',
      dataset_type: 'reward',
      status: 'ready',
      feedback_ids: [],
      sample_count: 0,
      pair_count: 0,
    })
    .execute();
  await sql
    .insertInto('fine_tuning_jobs')
    .values({
      id: jobId,
      organization,
      dataset_id: datasetId,
      provider: 'local',
      recipe: 'attune',
      base_model: 'static',
      model_name: name,
      status: 'training',
      hyperparameters: '{}',
    })
    .execute();
  const trained = {
    organization,
    name,
    jobId,
    datasetId,
    baseModel: 'static',
    card: {},
    metrics: {},
    kind: 'reward' as const,
    artifact,
  };
  return (await ship.registry.register(trained)).modelId;
}
