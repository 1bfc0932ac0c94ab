import { AlertKind } from '@attune/contracts';

export const alertTabs = ['history', 'rules', 'silences', 'channels'] as const;

/** What the address of the page of alerts says. */
export interface AlertsSearch {
  readonly tab?: (typeof alertTabs)[number];
  readonly state?: 'firing' | 'resolved';
  readonly kind?: AlertKind;
}

/** Reads the address; what it does not know is left out. */
export function alertsSearch(search: Record<string, unknown>): AlertsSearch {
  const tab = alertTabs.find((name) => name === search.tab);
  const state = (['firing', 'resolved'] as const).find((name) => name === search.state);
  const kind = AlertKind.options.find((name) => name === search.kind);
  return { ...(tab && { tab }), ...(state && { state }), ...(kind && { kind }) };
}
