const tabs = ['mine', 'projects'] as const;

/** What the address of the list of judging says. */
export interface JudgingSearch {
  readonly tab?: (typeof tabs)[number];
}

/** Reads the address; what it does not know is left out. */
export function judgingSearch(search: Record<string, unknown>): JudgingSearch {
  const tab = tabs.find((name) => name === search.tab);
  return tab === undefined ? {} : { tab };
}
