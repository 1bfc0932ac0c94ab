import { AttuneError, type Criterion } from '@attune/contracts';
import { defaultCriteria } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { Announce } from '../change-traffic.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { changeExperiment, resume } from './change-experiment.ts';
import { type ExperimentRow, insertExperiment } from './experiment-store.ts';

/** An experiment as asked for, its models found. */
export interface AskedExperiment {
  readonly name: string;
  readonly control: ModelRow;
  readonly treatment: ModelRow;
  readonly traffic_split: number;
  readonly traffic: number;
  readonly unit: 'user' | 'session';
  readonly days: number;
  readonly success_metrics?: readonly Criterion[] | undefined;
  readonly expected_reactions: number;
  readonly draft: boolean;
}

/**
 * Keeps a draft of an experiment, and starts it unless it is to stay one.
 * @throws AttuneError `no_traffic_left`: then nothing is kept
 */
export async function startExperiment(
  platform: ShipPlatform,
  announce: Announce,
  asked: AskedExperiment,
  by: { organization: string; actor: string },
): Promise<ExperimentRow> {
  const { sql } = platform.database;
  const draft = await insertExperiment(sql, {
    id: newId(),
    organization: by.organization,
    name: asked.name,
    control_model_id: asked.control.model_id,
    treatment_model_id: asked.treatment.model_id,
    traffic_split: asked.traffic_split,
    traffic_from: 0,
    traffic_to: asked.traffic,
    unit: asked.unit,
    status: 'draft',
    days: asked.days,
    success_metrics: JSON.stringify(asked.success_metrics ?? defaultCriteria),
    forced: '{}',
    expected_reactions: asked.expected_reactions,
    winner: null,
    reason: null,
    created_by: by.actor,
    created_at: platform.clock.now(),
  });
  if (asked.draft) return draft;
  try {
    return await changeExperiment(
      platform,
      announce,
      { ...by, action: 'experiment.started' },
      draft.id,
      resume,
    );
  } catch (error) {
    if (error instanceof AttuneError) {
      await sql
        .deleteFrom('ab_test_experiments')
        .where('id', '=', draft.id)
        .where('organization', '=', by.organization)
        .execute();
    }
    throw error;
  }
}
