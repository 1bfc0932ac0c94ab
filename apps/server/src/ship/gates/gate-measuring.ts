import { AttuneError, type GateFindings } from '@attune/contracts';
import { z } from 'zod';
import { newId } from '../../platform/ids.ts';
import { canaries } from '../canary-set.ts';
import { findModel, type ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import type { GateNeeds } from './gate-needs.ts';
import { gateSettingsOf } from './gate-settings.ts';
import { measureLatency } from './latency.ts';
import {
  changeMeasurement,
  findMeasurement,
  insertMeasurement,
  type MeasurementRow,
  newestMeasurement,
  openMeasurements,
} from './measurement-store.ts';
import { incumbentFor } from './model-gates.ts';

/** Name of the queue that measures what gates ask. */
const MEASURE = 'ship.measure-gates';
const Data = z.object({ organization: z.string(), id: z.string() });
/** Progress is written when it has moved by this share: each time is a write. */
const STEP = 0.02;

/** Measures models for the gates, one at a time in a process. A measurement outlives a restart: it begins anew. */
export class GateMeasuring {
  readonly #platform: ShipPlatform;
  readonly #needs: Pick<GateNeeds, 'measure' | 'score'>;

  /** Says to the queue what to do; to be made before the queue starts. */
  constructor(platform: ShipPlatform, needs: Pick<GateNeeds, 'measure' | 'score'>) {
    this.#platform = platform;
    this.#needs = needs;
    platform.queue.define(MEASURE, ({ data, signal }) => this.#run(Data.parse(data), signal));
  }

  /** Takes up what a server left behind. */
  async start(): Promise<void> {
    for (const one of await openMeasurements(this.#platform.database.sql)) await this.#send(one);
  }

  /**
   * Has a model measured; the measurement that is under way where one is. Audited.
   * @throws AttuneError `model_not_deployable` for an archived model
   */
  async request(model: ModelRow, by: string): Promise<MeasurementRow> {
    const { database, clock, audit } = this.#platform;
    const { organization, model_id } = model;
    if (model.status === 'archived') {
      throw new AttuneError('model_not_deployable', { message: `${model_id} is archived.` });
    }
    const settings = await gateSettingsOf(database.sql, organization);
    const incumbent = await incumbentFor(database.sql, model);
    const row = await database.sql.transaction().execute(async (tx) => {
      const inserted = await insertMeasurement(tx, {
        id: newId(),
        organization,
        model: model.id,
        model_id,
        incumbent_model_id: incumbent,
        dataset_id: settings.evaluation_dataset,
        status: 'waiting',
        requested_by: by,
        created_at: clock.now(),
      });
      if (inserted === null) return null;
      const act = { organization, actor: by, action: 'gates.measured', subject: `model:${model_id}` };
      await audit.record({ ...act, details: { incumbent, dataset: settings.evaluation_dataset } }, tx);
      return inserted;
    });
    const standing = row ?? (await newestMeasurement(database.sql, organization, model_id));
    if (standing === undefined) throw new AttuneError('model_not_found');
    await this.#send(standing);
    return standing;
  }

  async #send({ organization, id }: Pick<MeasurementRow, 'organization' | 'id'>): Promise<void> {
    await this.#platform.queue.send(MEASURE, { organization, id }, { key: id });
  }

  async #run({ organization, id }: z.infer<typeof Data>, signal: AbortSignal): Promise<void> {
    const { sql } = this.#platform.database;
    const row = await findMeasurement(sql, organization, id);
    if (row === undefined || row.ended_at !== null) return;
    await changeMeasurement(sql, organization, id, { status: 'measuring' });
    const end = () => ({ ended_at: this.#platform.clock.now() });
    try {
      const result = JSON.stringify(await this.#measure(row, signal));
      await changeMeasurement(sql, organization, id, { status: 'completed', progress: 1, result, ...end() });
    } catch (error) {
      // A server that stops leaves the measurement to the next one.
      if (signal.aborted) throw error;
      const said = error instanceof Error ? error.message : String(error);
      this.#platform.log.warn({ err: error, model: row.model_id }, 'gates could not be measured');
      await changeMeasurement(sql, organization, id, { status: 'failed', error: said, ...end() });
    }
  }

  async #measure(row: MeasurementRow, signal: AbortSignal): Promise<GateFindings> {
    const { sql } = this.#platform.database;
    const { organization, model_id } = row;
    const model = await findModel(sql, organization, model_id);
    if (model === undefined) throw new AttuneError('model_not_found');
    const { limits } = await gateSettingsOf(sql, organization);
    const question = {
      organization,
      model: model_id,
      kind: model.kind,
      incumbent: row.incumbent_model_id,
      dataset: row.dataset_id,
      fewest: limits.fewest,
    };
    let written = 0;
    const onProgress = (share: number) => {
      if (share - written < STEP) return;
      written = share;
      // Only shown: if it cannot be written, the measurement goes on, and its end says what is wrong.
      void changeMeasurement(sql, organization, row.id, { progress: Math.min(share, 1) * 0.95 }).catch(
        (error: unknown) => this.#platform.log.warn({ err: error }, 'progress could not be written'),
      );
    };
    const findings = await this.#needs.measure(question, onProgress, signal);
    return { ...findings, ...(await this.#timed(model, findings.examples)) };
  }

  /** The scorer of live traffic under the load of the settings. */
  async #timed(
    model: ModelRow,
    examples: GateFindings['examples'],
  ): Promise<Pick<GateFindings, 'latency' | 'questions_per_second'>> {
    const { model_id: modelId, artifact_sha256: artifactSha256, organization } = model;
    if (model.kind !== 'reward' || artifactSha256 === null)
      return { latency: null, questions_per_second: null };
    const { load } = await gateSettingsOf(this.#platform.database.sql, organization);
    const real = Object.values(examples).flat();
    const texts =
      real.length > 0
        ? real
        : canaries.map(({ question, answers }) => ({ query: question, response: answers[0] }));
    const { p95, questionsPerSecond } = await measureLatency(async (k) => {
      const query = texts[k % texts.length]?.query ?? '';
      const candidates = Array.from({ length: load.candidates }, (_, c) => {
        // A text that was scored before is remembered, and would take no time.
        return `${texts[(k + c) % texts.length]?.response ?? ''} ${newId().slice(-12)}`;
      });
      await this.#needs.score({ modelId, artifactSha256 }, { query }, candidates, 'interactive');
    }, load.concurrency);
    const known = (value: number) => (Number.isFinite(value) ? value : null);
    const latency = {
      value: p95.value,
      ci: [known(p95.ci[0]), known(p95.ci[1])] as [number | null, number | null],
      n: p95.n,
    };
    return { latency, questions_per_second: questionsPerSecond };
  }
}
