import { join } from 'node:path';
import { openCollect } from './collect/room.ts';
import { type Config, dataFolder } from './config.ts';
import { openJudging } from './curate/judging/open-judging.ts';
import { openReview } from './curate/review/open-review.ts';
import { openCurate } from './curate/room.ts';
import { modelsFolder, webFolder } from './folders.ts';
import { openLearn } from './learn/room.ts';
import { openBlobs } from './platform/blobs/local-folder.ts';
import { openCache } from './platform/cache/open.ts';
import { systemClock } from './platform/clock.ts';
import { makeDataFolder } from './platform/data-folder.ts';
import { migrate } from './platform/db/migrate.ts';
import { openDatabase } from './platform/db/open.ts';
import { DemoLoads } from './platform/demo/demo-loads.ts';
import { demoRoutes } from './platform/demo/routes.ts';
import { diskUnder } from './platform/disk.ts';
import { createApp } from './platform/http/app.ts';
import { listen } from './platform/http/listen.ts';
import { openIdentity } from './platform/identity/identity.ts';
import { memberNames } from './platform/identity/member-names.ts';
import { Lifecycle } from './platform/lifecycle.ts';
import { createLog } from './platform/log.ts';
import type { Platform } from './platform/platform.ts';
import { openQueue } from './platform/queue/open.ts';
import { openSecretBox } from './platform/secret-box.ts';
import { translators } from './platform/translate-errors.ts';
import { rayCluster } from './ray-cluster.ts';
import { openServe } from './serve/room.ts';
import { leaveAddress } from './server-files.ts';
import type { GateNeeds } from './ship/gates/gate-needs.ts';
import { rampNotice } from './ship/ramp-notice.ts';
import { openShip } from './ship/room.ts';
import { openSelfTest } from './ship/self-test/open-self-test.ts';
import { selfTestNotice } from './ship/self-test/self-test-notice.ts';
import { trainerPython, trainerSources } from './trainer-home.ts';
import { version } from './version.ts';
import { openDashboards } from './watch/dashboards/open-dashboards.ts';
import { openReports } from './watch/reports/open-reports.ts';
import { openWatch } from './watch/room.ts';

/** How long running requests get to end when the server stops, and how long stopping may take in all. */
const DRAIN_MS = 15_000;
const STOP_MS = 30_000;

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

/** Starts Attune: config → platform → rooms → HTTP. What was opened is closed again when a later step fails. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = createLog({ level: config.ATTUNE_LOG_LEVEL });
  const lifecycle = new Lifecycle({ log, deadlineMs: STOP_MS });
  try {
    return await open(config, log, lifecycle);
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

async function open(config: Config, log: Platform['log'], lifecycle: Lifecycle): Promise<RunningServer> {
  const folder = dataFolder(config);
  const clock = systemClock;

  // platform
  await makeDataFolder(folder);
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: folder,
    log,
    maxConnections: config.ATTUNE_DATABASE_CONNECTIONS,
  });
  lifecycle.onClose('database', () => database.close());
  await migrate(database, log);
  const { cache, limiter } = await openCache({ redisUrl: config.REDIS_URL, log });
  lifecycle.onClose('cache', () => cache.close());
  const blobs = await openBlobs(join(folder, 'blobs'));
  const identity = await openIdentity({ config, database, clock, limiter, log, dataDir: folder });
  lifecycle.onClose('identity', () => identity.stop());
  const queue = await openQueue({ database, log });
  const { audit } = identity;
  const secrets = await openSecretBox(folder);
  const platform: Platform = { config, log, clock, database, queue, cache, limiter, blobs, audit, secrets };

  // rooms; where one needs another, it gets the other's implementation here
  const watch = openWatch(
    platform,
    {
      counters: (organization) => collect.counters(organization),
      inTraffic: (organization) => ship.liveModels.inTraffic(organization),
      recentReactions: (organization, model, windows) =>
        collect.recentReactions(organization, model, windows),
      safetyReports: (since) => collect.safetyReports(since),
      versions: () => collect.versions(),
      ratingTotals: () => collect.ratingTotals(),
      queue: (organization) => review.counts(organization),
      judging: (organization) => judging.counts(organization),
    },
    {
      done: {
        feedback: (organization, since, limit) => collect.feedbackByMember(organization, since, limit),
        reviews: (organization, since, limit) => curate.reviewsByMember(organization, since, limit),
        judgements: (organization, since, limit) => curate.judgementsByMember(organization, since, limit),
      },
      members: (organization, principals) => memberNames(database.sql, organization, principals),
    },
    {
      recentAnswers: (organization, since) => serve.recentAnswers(organization, since),
      rewardsIn: (span, most) => serve.rewardsIn(span, most),
      rewardsOf: (organization, ids) => serve.rewardsOf(organization, ids),
      labelsIn: (span, most) => collect.labelsIn(span, most),
      inTraffic: (organization) => ship.liveModels.inTraffic(organization),
      budget: (organization) => learn.budget(organization),
      lostJobs: (organization, since) => learn.lostJobs(organization, since),
      disk: () => diskUnder(folder),
    },
    { scoringLoad: () => serve.scoringLoad(), trainingCost: () => learn.trainingCost() },
  );
  const blindPairs: GateNeeds['judging'] = {
    open: (organization, name) => judging.runSamples.open(organization, null, name),
    add: (organization, project, source, pairs) =>
      judging.runSamples.add(organization, project, source, pairs),
    standing: (organization, source) => judging.runSamples.standing(organization, source),
  };
  const ship = openShip(platform, {
    observations: {
      answers: (window) => serve.rampAnswers(window),
      feedback: (window) => collect.rampFeedback(window),
    },
    evidence: {
      answers: ({ organization, experimentId }) => serve.experimentAnswers(organization, experimentId),
      feedback: (key) => collect.experimentFeedback(key),
      segments: (key) => collect.experimentSegments(key),
    },
    onExperimentEnd: ({ organization, name, treatment, winner, reason }) =>
      watch.notify({
        organization,
        kind: 'experiment_ended',
        model: treatment,
        message: `The experiment "${name}" ended (${reason}). Winner: ${winner}.`,
      }),
    onRollback: (ramp, organization) => {
      watch.rolledBack(ramp, organization);
      return watch.notify({ organization, ...rampNotice(ramp) });
    },
    onRampHold: (ramp, organization) => watch.notify({ organization, ...rampNotice(ramp) }),
    loadModel: (model) => serve.loadModel(model),
    tryPolicy: (policy) => serve.tryPolicy(policy),
    shadows: {
      answers: {
        count: (sample) => serve.shadowed.count(sample),
        drawn: (sample, wish) => serve.shadowed.drawn(sample, wish),
        byId: (organization, responseIds) => serve.shadowed.byId(organization, responseIds),
      },
      labels: (organization, responseIds) => collect.labelsOfAnswers(organization, responseIds),
      score: (model, asked, responses, lane) => serve.scoreAnswers(model, asked, responses, lane),
      judging: blindPairs,
    },
    offPolicy: {
      received: (span, most) => collect.receivedAnswers(span, most),
      chosen: (organization, responseIds) => serve.chosenAnswers(organization, responseIds),
      trainedOn: (organization, model) => learn.trainedOn(organization, model),
      score: (model, asked, responses, lane) => serve.scoreAnswers(model, asked, responses, lane),
    },
    gates: {
      measure: (question, onProgress, signal) => learn.measureGates(question, onProgress, signal),
      score: (model, asked, responses, lane) => serve.scoreAnswers(model, asked, responses, lane),
      datasetId: (organization, idOrName) => curate.datasets.idOf(organization, idOrName),
      compareDatasets: (organization, one, other) => curate.datasets.compare(organization, one, other),
      hyperparameters: (organization, job) => learn.hyperparameters(organization, job),
      competing: (organization, limit) => serve.answers.competing(organization, { since: null, limit }),
      judging: blindPairs,
    },
  });
  const serve = openServe(platform, {
    liveModels: ship.liveModels,
    observer: watch.answers,
    mintFeedbackToken: identity.feedbackTokens.mint,
    ownFeedback: (caller, user, responseIds) => collect.myFeedbackOn(caller, user, responseIds),
    modelsFolder: modelsFolder(config),
  });
  const dashboards = openDashboards(platform, serve.answers);
  const collect = openCollect(platform, {
    answers: serve.answers,
    importAnswers: serve.importAnswers,
    answerCounts: serve.answerCounts,
    observer: watch.feedback,
  });
  const review = openReview(platform, {
    feedback: collect.reviewed,
    answer: serve.answers.logged,
    texts: serve.texts,
    changed: watch.queueChanged,
  });
  const judging = openJudging(platform, {
    trainable: collect.trainable,
    candidates: { recent: serve.answers.competing },
    changed: watch.queueChanged,
  });
  const curate = openCurate(platform, { trainable: collect.trainable, importers: collect.imports });
  const learn = openLearn(platform, {
    datasets: curate.datasets,
    registry: ship.registry,
    modelsFolder: modelsFolder(config),
    trainer: {
      python: trainerPython(config),
      sources: trainerSources,
      runsFolder: join(folder, 'runs'),
      mostRuns: config.ATTUNE_TRAINER_JOBS,
      hourlyCost: config.ATTUNE_TRAINER_HOURLY_COST,
    },
    ray: rayCluster(config, () => identity.publicUrl),
    retraining: {
      countRatings: collect.trainable.countNewlyApproved,
      labels: {
        inTraffic: (organization) => ship.liveModels.inTraffic(organization),
        labelsIn: (span, most) => collect.labelsIn(span, most),
        rewardsOf: (organization, ids) => serve.rewardsOf(organization, ids),
      },
      prepare: curate.prepare,
      measureGates: ship.measureGates,
      shadow: ship.shadow,
      tell: watch.notify,
    },
    judging: judging.runSamples,
    preferences: { add: collect.importPreferences },
  });
  const selfTest = openSelfTest(platform, {
    answers: (organization, since, most) => serve.userAnswers(organization, since, most),
    feedback: (organization, since, most) => collect.userFeedback(organization, since, most),
    tell: (organization, verdict, { p_value, sample_ratio_p_value }) =>
      watch.notify({ organization, ...selfTestNotice(verdict, p_value, sample_ratio_p_value) }),
  });
  const reports = openReports(platform, {
    answers: (span) => serve.reportAnswers(span),
    feedback: (span) => collect.reportFeedback(span),
    said: (span, what, most) => collect.saidIn(span, what, most),
    stillThere: (organization, ids) => collect.stillThere(organization, ids),
    embed: async (texts) => (await serve.texts.embed(texts, 'bulk')).vectors,
    rewardsIn: (span, most) => serve.rewardsIn(span, most),
    inTraffic: (organization) => ship.liveModels.inTraffic(organization),
    models: (span) => ship.reportModels(span),
    agreement: (span) => judging.judgedLately(span),
    training: (span) => learn.reportTraining(span),
    rules: (organization) => learn.ruleStands(organization),
    newRatings: (organization, most) => collect.trainable.countNewlyApproved(organization, null, most),
    openPairs: async ({ organization, from }, most) =>
      (await serve.answers.competing(organization, { since: from, limit: most })).length,
    openComparison: (organization) => judging.openComparison(organization),
  });
  const rooms = {
    serve,
    collect,
    review,
    judging,
    curate,
    learn,
    ship,
    dashboards,
    watch,
    reports,
    selfTest,
  };
  for (const [name, room] of Object.entries(rooms)) {
    await room.start();
    lifecycle.onClose(name, () => room.stop());
  }
  await queue.start();
  lifecycle.onClose('queue', () => queue.stop());

  // demo: loaded through the server's own address, as anybody would
  const demoLoads = new DemoLoads({ ...identity, database, clock, log }, async (target) => {
    const { bringDemo } = await import('./cli/demo/bring-demo.ts');
    await bringDemo({ ...target, url: http.url });
  });

  // http
  const draining = new AbortController();
  const app = createApp({
    config,
    log,
    database,
    authenticator: identity.authenticator,
    routes: [
      ...identity.routes,
      ...demoRoutes({ database, clock, audit, blobs, loads: demoLoads }),
      ...Object.values(rooms).flatMap((room) => room.routes),
    ],
    version,
    webFolder,
    metrics: () => watch.metricsText(),
    readiness: () => watch.readiness(),
    translators,
    draining: draining.signal,
  });
  const http = await listen(app, config.ATTUNE_HOST, config.ATTUNE_PORT);
  lifecycle.onClose('http', () => http.close(DRAIN_MS));
  lifecycle.onClose('new work', () => draining.abort());
  lifecycle.onClose('demo', () => demoLoads.stopAll());
  identity.publicUrl = config.ATTUNE_PUBLIC_URL ?? http.url;
  await leaveAddress(folder, http.url);
  log.info({ url: http.url, database: database.kind, version }, 'listening');

  return {
    url: http.url,
    localKey: identity.localKey,
    adminLink: await identity.firstAdminLink(),
    close: async () => void (await lifecycle.close()),
    stopOnSignals: () => lifecycle.closeOnSignals(),
  };
}
