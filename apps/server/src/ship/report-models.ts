import type { ExperimentStatus, MetricResult, ModelKind, RampState } from '@attune/contracts';
import type { Database } from '../platform/db/open.ts';

type Sql = Database['sql'];

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** What happened to models in a span of time, and what of it can still be decided. */
export interface ReportModels {
  readonly registered: readonly {
    readonly modelId: string;
    readonly kind: ModelKind;
    readonly at: Date;
  }[];
  readonly ramps: readonly {
    readonly modelId: string;
    readonly state: RampState;
    readonly reason: string | null;
    readonly beganAt: Date;
    readonly endedAt: Date | null;
  }[];
  /** Experiments that run, or ended in the span. */
  readonly experiments: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: ExperimentStatus;
    readonly winner: 'control' | 'treatment' | 'inconclusive' | null;
    readonly reason: string | null;
    readonly verdict: string | null;
    readonly satisfaction: MetricResult['difference'] | null;
  }[];
  /** Reward models that wait as `testing` and were never measured for the gates, the newest first. */
  readonly unmeasured: readonly string[];
  /** The model that got traffic in the span, has it still, and can be rolled back. */
  readonly rampedUp: string | null;
}

const MOST = 20;

/** What happened to models in a span of time; of each kind the newest twenty. */
export async function reportModels(sql: Sql, span: Span): Promise<ReportModels> {
  return {
    registered: await registeredIn(sql, span),
    ramps: await rampsIn(sql, span),
    experiments: await experimentsIn(sql, span),
    unmeasured: await unmeasured(sql, span.organization),
    rampedUp: await rampedUp(sql, span),
  };
}

async function registeredIn(sql: Sql, { organization, from, to }: Span): Promise<ReportModels['registered']> {
  const rows = await sql
    .selectFrom('model_registry')
    .select(['model_id', 'kind', 'created_at'])
    .where('organization', '=', organization)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ model_id, kind, created_at }) => ({ modelId: model_id, kind, at: created_at }));
}

async function rampsIn(sql: Sql, { organization, from, to }: Span): Promise<ReportModels['ramps']> {
  const rows = await sql
    .selectFrom('ramps')
    .select(['model_id', 'state', 'reason', 'created_at', 'ended_at'])
    .where('organization', '=', organization)
    .where('created_at', '<', to)
    .where((is) => is.or([is('created_at', '>=', from), is('ended_at', '>=', from)]))
    .orderBy('position', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ model_id, state, reason, created_at, ended_at }) => ({
    modelId: model_id,
    state,
    reason,
    beganAt: created_at,
    endedAt: ended_at,
  }));
}

async function experimentsIn(
  sql: Sql,
  { organization, from, to }: Span,
): Promise<ReportModels['experiments']> {
  const rows = await sql
    .selectFrom('ab_test_experiments')
    .select(['id', 'name', 'status', 'winner', 'reason', 'results'])
    .where('organization', '=', organization)
    .where((is) =>
      is.or([
        is('status', '=', 'running'),
        is.and([is('status', '=', 'completed'), is('end_date', '>=', from), is('end_date', '<', to)]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ results, ...experiment }) => ({
    ...experiment,
    verdict: results?.recommendation.verdict ?? null,
    satisfaction: results?.metrics.find(({ metric }) => metric === 'satisfaction')?.difference ?? null,
  }));
}

async function unmeasured(sql: Sql, organization: string): Promise<string[]> {
  const rows = await sql
    .selectFrom('model_registry as m')
    .select('m.model_id')
    .where('m.organization', '=', organization)
    .where('m.kind', '=', 'reward')
    .where('m.status', '=', 'testing')
    .where('m.artifact_sha256', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('gate_measurements as g').select('g.id').whereRef('g.model', '=', 'm.id'))),
    )
    .orderBy('m.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ model_id }) => model_id);
}

async function rampedUp(sql: Sql, { organization, from, to }: Span): Promise<string | null> {
  const newest = await sql
    .selectFrom('ramps')
    .select(['model_id', 'previous_model_id', 'state', 'created_at'])
    .where('organization', '=', organization)
    .orderBy('position', 'desc')
    .executeTakeFirst();
  if (newest === undefined || newest.created_at < from || newest.created_at >= to) return null;
  const isBack = newest.state === 'rolled_back' || newest.previous_model_id === null;
  return isBack ? null : newest.model_id;
}
