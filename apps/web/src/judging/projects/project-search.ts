export const projectTabs = ['overview', 'items', 'settings', 'agreement', 'disagreements', 'pairs'] as const;
export type ProjectTab = (typeof projectTabs)[number];

/** What the address of a judging project says. */
export interface ProjectSearch {
  readonly tab?: ProjectTab;
}

/** Reads the address; what it does not know is left out. */
export function projectSearch(search: Record<string, unknown>): ProjectSearch {
  const tab = projectTabs.find((name) => name === search.tab);
  return tab === undefined ? {} : { tab };
}
