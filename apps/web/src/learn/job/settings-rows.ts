import type { Job } from '@attune/contracts';

/** One setting of a run, and of the run that it is compared with. */
export interface SettingRow {
  readonly name: string;
  readonly own: string;
  /** null where nothing is compared. */
  readonly other: string | null;
  readonly differs: boolean;
}

/** Everything that was set for a run, flat, with another run's beside it. */
export function settingsRows(job: Job, against: Job | null): SettingRow[] {
  const own = settingsOf(job);
  const other = against === null ? null : settingsOf(against);
  const names = [...new Set([...own.keys(), ...(other?.keys() ?? [])])];
  return names.map((name) => {
    const mine = own.get(name) ?? '–';
    const theirs = other === null ? null : (other.get(name) ?? '–');
    return { name, own: mine, other: theirs, differs: theirs !== null && theirs !== mine };
  });
}

function settingsOf(job: Job): Map<string, string> {
  const { recipe, base_model, revision, dataset_id, hyperparameters } = job;
  return new Map(flat({ recipe, base_model, revision, dataset_id, ...hyperparameters }));
}

function flat(value: unknown, name = ''): [string, string][] {
  if (Array.isArray(value)) return [[name, value.length === 0 ? '[]' : value.join(', ')]];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => flat(inner, name === '' ? key : `${name}.${key}`));
  }
  return [[name, value === null ? '–' : String(value)]];
}
