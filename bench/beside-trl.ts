/** Steps a second and peak memory of reward, SFT and DPO beside TRL: what trainer/experiments/speed.py measures. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { python } from './python.ts';

const trainer = join(import.meta.dirname, '../trainer');
const Range = z.tuple([z.number(), z.number()]);

const BesideTrl = z.array(
  z.object({
    recipe: z.string(),
    model: z.string(),
    rounds: z.number(),
    attune_steps_per_second: z.number(),
    trl_steps_per_second: z.number(),
    attune_peak_bytes: z.number(),
    trl_peak_bytes: z.number(),
    speed_ratio: z.number(),
    speed_ratio_range: Range,
    memory_ratio: z.number(),
    memory_ratio_range: Range,
  }),
);
/** Both sides in turn on the same batches; ratios above 1 in speed and below 1 in memory speak for Attune. */
export type BesideTrl = z.infer<typeof BesideTrl>;

/** @param rounds measurements of each side */
export async function besideTrl(rounds: number): Promise<BesideTrl> {
  const program = join(trainer, 'experiments/speed.py');
  const env = { ...process.env, PYTHONPATH: trainer };
  const { stdout } = await promisify(execFile)(python, [program, '--print', '--rounds', String(rounds)], {
    env,
  });
  return BesideTrl.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}
