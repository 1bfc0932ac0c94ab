import { AttuneError, type JudgingProject, type JudgingStatus } from '@attune/contracts';

/** Statuses that may follow each. */
const next: Record<JudgingStatus, readonly JudgingStatus[]> = {
  draft: ['running'],
  running: ['paused', 'closed'],
  paused: ['running', 'closed'],
  closed: ['paused'],
};

/** As a project would stand after a change. */
export interface Proposed {
  readonly status: JudgingStatus;
  readonly judges: number;
  readonly judges_per_item: number;
  readonly items: JudgingProject['counts']['items'];
}

/**
 * Holds a change of status against what the project has.
 * @throws AttuneError `judging_not_ready` saying what is missing
 */
export function checkStatus(from: JudgingStatus, proposed: Proposed): void {
  const { status, judges, judges_per_item: each, items } = proposed;
  if (status !== from && !next[from].includes(status)) {
    throw notReady(`A ${from} project can become ${next[from].join(' or ')}, not ${status}.`);
  }
  if (status !== 'running') return;
  if (items === 0) throw notReady('The project has no items to judge.');
  if (judges < each) throw notReady(`Each item needs ${each} judges, but the project has ${judges}.`);
}

function notReady(message: string): AttuneError {
  return new AttuneError('judging_not_ready', { param: 'status', message });
}
