const tabs = ['you', 'organization', 'members', 'keys'] as const;

/** What the address of the settings says. */
export interface SettingsSearch {
  readonly tab?: (typeof tabs)[number];
}

/** Reads the address; what it does not know is left out. */
export function settingsSearch(search: Record<string, unknown>): SettingsSearch {
  const tab = tabs.find((name) => name === search.tab);
  return tab === undefined ? {} : { tab };
}
