import { useSyncExternalStore } from 'react';

let edited: string | null = null;
const watchers = new Set<() => void>();

function become(key: string | null): void {
  edited = key;
  for (const changed of watchers) changed();
}

/** Which question is being put otherwise: one at a time, begun by its button or by a key. */
export const editing = { begin: (key: string) => become(key), end: () => become(null) };

/** Whether the question of this turn is. */
export function useEditing(key: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => edited === key,
  );
}
