import { AttuneError, type Dataset, type PrepareInput } from '@attune/contracts';
import type { Route } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import type { Queue } from '../platform/queue/queue.ts';
import { type Curate as Parts, systemActor } from './curate.ts';
import { compareDatasets } from './datasets/compare-datasets.ts';
import type { DatasetDiff } from './datasets/dataset-diff.ts';
import {
  type DatasetSnapshot,
  type FrozenDataset,
  openDataset,
  openSnapshot,
} from './datasets/frozen-dataset.ts';
import type { Importers } from './imports/importers.ts';
import { allOrganizations } from './organizations.ts';
import { prepare } from './preparation/prepare.ts';
import { prepareForEveryone } from './preparation/schedule.ts';
import { curateRoutes } from './routes.ts';
import type { Trainable } from './trainable.ts';
import { judgementsByMember, reviewsByMember, type WorkByMember } from './work-by-member.ts';

/** What this room stands on. */
export interface Foundation
  extends Pick<Platform, 'config' | 'log' | 'clock' | 'database' | 'blobs' | 'audit'> {
  readonly queue: Pick<Queue, 'define' | 'schedule'>;
}

export interface CurateNeeds {
  readonly trainable: Trainable;
  readonly importers: Importers;
}

/** Frozen data sets, for whoever trains on them. */
export interface Datasets {
  /**
   * By id or name; null when there is none.
   * @throws AttuneError `dataset_not_ready` when it is not frozen
   */
  open(organization: string, idOrName: string): Promise<FrozenDataset | null>;
  /** The same byte by byte, as it was frozen. */
  snapshot(organization: string, idOrName: string): Promise<DatasetSnapshot | null>;
  /** Id of a frozen one. @throws AttuneError `dataset_not_found`, `dataset_not_ready` */
  idOf(organization: string, idOrName: string): Promise<string>;
  /** How many rows the first has that the second has not, and so on; null where one of them is not there any more. */
  compare(organization: string, one: string, other: string): Promise<DatasetDiff['counts'] | null>;
}

export interface Curate {
  readonly routes: Route[];
  readonly datasets: Datasets;
  /**
   * Freezes a data set on nobody's behalf.
   * @throws AttuneError `not_enough_data`, `dataset_not_found`, `dataset_not_ready`
   */
  prepare(organization: string, input: PrepareInput): Promise<Dataset>;
  /** Review decisions and blind votes of signed-in members, the busiest first. */
  reviewsByMember(organization: string, since: Date, limit: number): Promise<WorkByMember[]>;
  judgementsByMember(organization: string, since: Date, limit: number): Promise<WorkByMember[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const JOB = 'curate.prepare';

/** The room that turns feedback into frozen data sets. */
export function openCurate(platform: Foundation, needs: CurateNeeds): Curate {
  const stopping = new AbortController();
  const parts: Parts = {
    db: platform.database.sql,
    blobs: platform.blobs,
    clock: platform.clock,
    log: platform.log.child({ room: 'curate' }),
    audit: platform.audit,
    trainable: needs.trainable,
    stopping: stopping.signal,
  };
  const cron = platform.config.ATTUNE_PREPARE_SCHEDULE;
  return {
    routes: curateRoutes(parts, needs.importers),
    datasets: {
      open: (organization, idOrName) => openDataset(parts, organization, idOrName),
      snapshot: (organization, idOrName) => openSnapshot(parts, organization, idOrName),
      idOf: async (organization, idOrName) => {
        const snapshot = await openSnapshot(parts, organization, idOrName);
        if (snapshot === null) throw new AttuneError('dataset_not_found', { param: 'evaluation_dataset' });
        return snapshot.id;
      },
      compare: (organization, one, other) => compareDatasets(parts, organization, one, other),
    },
    prepare: (organization, input) => prepare(parts, systemActor(organization), input),
    reviewsByMember: (organization, since, limit) => reviewsByMember(parts.db, organization, since, limit),
    judgementsByMember: (organization, since, limit) =>
      judgementsByMember(parts.db, organization, since, limit),
    start: async () => {
      if (cron === undefined) return;
      platform.queue.define(JOB, async ({ signal }) => {
        const job = { ...parts, stopping: AbortSignal.any([parts.stopping, signal]) };
        await prepareForEveryone(job, await allOrganizations(job));
      });
      await platform.queue.schedule(JOB, cron, {});
    },
    stop: async () => stopping.abort(),
  };
}
