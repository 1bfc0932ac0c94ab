import { useSyncExternalStore } from 'react';

const watchers = new Set<() => void>();
let shown: ReadonlySet<string> = new Set();

function change(key: string): void {
  const after = new Set(shown);
  if (!after.delete(key)) after.add(key);
  shown = after;
  for (const changed of watchers) changed();
}

function subscribe(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Whether the account of how a turn's answer came about is unfolded: by its button, or by a key from elsewhere. */
export function useShownAccounts(key: string): { isOpen: boolean; toggle: () => void } {
  const isOpen = useSyncExternalStore(subscribe, () => shown.has(key));
  return { isOpen, toggle: () => change(key) };
}
