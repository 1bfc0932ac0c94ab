import { AttuneError } from '@attune/contracts';
import type { Ending } from './ending.ts';

/** What an error before or around a run's process amounts to. */
export function endingOfFailure(error: unknown): Ending {
  const words = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC') {
    return { kind: 'failed', code: 'disk_full', message: 'The disk is full. Make room and resume the job.' };
  }
  if (error instanceof AttuneError && error.code === 'trainer_missing') {
    const message =
      'The trainer is not installed on this machine. Run `./attune trainer install`, then resume the job.';
    return { kind: 'failed', code: 'package_missing', message };
  }
  if (error instanceof AttuneError && error.code === 'budget_exceeded') {
    return { kind: 'failed', code: 'budget_exceeded', message: words };
  }
  if (error instanceof AttuneError && error.code === 'model_not_found') {
    return { kind: 'failed', code: 'unknown_model', message: words };
  }
  if (error instanceof AttuneError && error.code === 'invalid_request') {
    return { kind: 'failed', code: 'invalid_spec', message: words };
  }
  return { kind: 'failed', code: 'internal', message: words };
}
