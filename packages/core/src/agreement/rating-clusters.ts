import type { BootstrapOptions } from '../interval.ts';

/** How an agreement is bootstrapped. */
export interface AgreementOptions extends BootstrapOptions {
  /**
   * For each unit the cluster it belongs to, as the item whose responses it rates: units of one cluster depend on
   * each other, so they are resampled together. Each unit stands for itself unless given.
   */
  readonly clusters?: readonly string[];
}

/** Units by cluster, in the order in which the clusters first appear. */
export function clustered<Unit>(
  units: readonly Unit[],
  clusters: readonly string[] | undefined,
): readonly (readonly Unit[])[] {
  if (clusters === undefined) return units.map((unit) => [unit]);
  const groups = new Map<string, Unit[]>();
  for (const [index, unit] of units.entries()) {
    const name = clusters[index] ?? String(index);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}
