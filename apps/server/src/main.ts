import { join } from 'node:path';
import { openCollect } from './collect/room.ts';
import { type Config, dataFolder } from './config.ts';
import { openCurate } from './curate/room.ts';
import { modelsFolder, webFolder } from './folders.ts';
import { openLearn } from './learn/room.ts';
import { openBlobs } from './platform/blobs/local-folder.ts';
import { openCache } from './platform/cache/open.ts';
import { systemClock } from './platform/clock.ts';
import { migrate } from './platform/db/migrate.ts';
import { openDatabase } from './platform/db/open.ts';
import { createApp } from './platform/http/app.ts';
import { type Listening, listen } from './platform/http/listen.ts';
import { openIdentity } from './platform/identity/identity.ts';
import { createLog } from './platform/log.ts';
import type { Platform } from './platform/platform.ts';
import { openQueue } from './platform/queue/open.ts';
import { translators } from './platform/translate-errors.ts';
import { openServe } from './serve/room.ts';
import { leaveTraces } from './server-files.ts';
import { openShip } from './ship/room.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { version } from './version.ts';
import { openWatch } from './watch/room.ts';

/** How long running requests and jobs get to end when the server stops. */
const DRAIN_MS = 15_000;

export interface RunningServer {
  /** Address that this machine reaches it under. */
  readonly url: string;
  /** Key of the command line on this machine. */
  readonly localKey: string;
  /** One-time sign-in link, on the first start only. */
  readonly adminLink: string | null;
  /** Drains: takes nothing new, ends what runs, closes the database last. */
  close(): Promise<void>;
  /** Closes on SIGINT and SIGTERM. */
  stopOnSignals(): void;
}

/** Starts Attune: config → platform → rooms → HTTP. */
export async function startServer(config: Config): Promise<RunningServer> {
  const folder = dataFolder(config);
  const log = createLog({ level: config.ATTUNE_LOG_LEVEL });
  const clock = systemClock;

  // platform
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: folder,
    log,
    maxConnections: config.ATTUNE_DATABASE_CONNECTIONS,
  });
  await migrate(database, log);
  const { cache, limiter } = await openCache({ redisUrl: config.REDIS_URL, log });
  const blobs = await openBlobs(join(folder, 'blobs'));
  const queue = await openQueue({ database, log });
  const identity = await openIdentity({ config, database, clock, dataDir: folder });
  const { audit } = identity;
  const platform: Platform = { config, log, clock, database, queue, cache, limiter, blobs, audit };

  // rooms, in the order of the loop; where one needs another, it gets the other's implementation here
  const watch = openWatch(platform, {
    counters: (organization) => collect.counters(organization),
    recentRatings: (organization, limit) => collect.recentRatings(organization, limit),
  });
  const ship = openShip(platform, {
    observations: {
      answers: (organization, model, since) => serve.answerStatistics(organization, model, since),
      ratings: (organization, model, since) => collect.ratingStatistics(organization, model, since),
    },
    onRollback: (ramp) => watch.rolledBack(ramp),
  });
  const serve = openServe(platform, {
    liveModels: ship.liveModels,
    observer: watch.answers,
    mintFeedbackToken: identity.feedbackTokens.mint,
    modelsFolder: modelsFolder(config),
  });
  const collect = openCollect(platform, {
    answers: serve.answers,
    importAnswers: serve.importAnswers,
    answerCounts: serve.answerCounts,
    observer: watch.feedback,
  });
  const curate = openCurate(platform, { trainable: collect.trainable });
  const learn = openLearn(platform, {
    datasets: curate.datasets,
    registry: ship.registry,
    modelsFolder: modelsFolder(config),
  });
  const rooms = [serve, collect, curate, learn, ship, watch];

  // http
  let draining = false;
  const app = createApp({
    config,
    log,
    database,
    authenticator: identity.authenticator,
    routes: [...identity.routes, ...rooms.flatMap((room) => room.routes)],
    version,
    webFolder,
    metrics: watch.metricsText,
    readiness: watch.readiness,
    translators,
    draining: () => draining,
  });
  for (const room of rooms) await room.start();
  await queue.start();
  const http: Listening = await listen(app, config.ATTUNE_HOST, config.ATTUNE_PORT);
  identity.publicUrl = config.ATTUNE_PUBLIC_URL ?? http.url;
  await leaveTraces(folder, http.url);
  log.info({ url: http.url, database: database.kind, version }, 'listening');

  const close = async () => {
    draining = true;
    await http.close(DRAIN_MS);
    await queue.stop();
    for (const room of [...rooms].reverse()) await room.stop();
    await identity.stop();
    await cache.close();
    await database.close();
  };
  return {
    url: http.url,
    localKey: identity.localKey,
    adminLink: await identity.firstAdminLink(),
    close,
    stopOnSignals: () => stopOnSignals(close, log),
  };
}
