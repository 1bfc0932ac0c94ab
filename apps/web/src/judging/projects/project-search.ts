export const projectTabs = ['overview', 'items', 'settings', 'agreement', 'disagreements', 'pairs'] as const;
export const itemKinds = ['item', 'control', 'training'] as const;
export const itemStates = ['open', 'done', 'skipped', 'adjudicated'] as const;

/** What the address of a judging project says: the tab, which items it lists, which disagreements. */
export interface ProjectSearch {
  readonly tab?: (typeof projectTabs)[number] | undefined;
  readonly kind?: (typeof itemKinds)[number] | undefined;
  readonly state?: (typeof itemStates)[number] | undefined;
  readonly which?: 'decided' | undefined;
}

/** Reads the address; what it does not know is left out. */
export function projectSearch(search: Record<string, unknown>): ProjectSearch {
  const known = <Value extends string>(values: readonly Value[], given: unknown): Value | undefined =>
    values.find((value) => value === given);
  return {
    tab: known(projectTabs, search.tab),
    kind: known(itemKinds, search.kind),
    state: known(itemStates, search.state),
    which: known(['decided'], search.which),
  };
}
