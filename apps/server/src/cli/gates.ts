import { setTimeout as wait } from 'node:timers/promises';
import type { ModelGates } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';

const LOOK_MS = 1000;

/** How the gates of a model stand; with `measure`, after a new measurement. @throws UsageError when that failed */
export async function gatesOfModel(
  client: AttuneClient,
  model: string,
  { measure }: { measure: boolean },
): Promise<ModelGates> {
  const call = { params: { id: model } };
  if (!measure) return await client.getModelGates(call);
  const { id } = await client.evaluateGates(call);
  for (;;) {
    const gates = await client.getModelGates(call);
    const { measurement } = gates;
    if (measurement?.id === id && measurement.status === 'failed') {
      throw new UsageError(
        `The gates of ${gates.model_id} could not be measured: ${measurement.error ?? 'no reason given'}.`,
        'Mend that and measure again.',
      );
    }
    if (measurement?.id !== id || measurement.ended_at !== null) return gates;
    await wait(LOOK_MS);
  }
}

const marks = { passed: 'green', failed: 'RED', not_measured: '-' } as const;

export function gatesText({ model_id, gates, refusing }: ModelGates): string {
  const lines = gates.map(({ verdict, sentence }) => `  ${marks[verdict].padEnd(5)}  ${sentence}`);
  const end = refusing.length === 0 ? 'nothing refuses it' : `refused by ${refusing.join(', ')}`;
  return [`  ${model_id}: ${end}`, ...lines].join('\n');
}
