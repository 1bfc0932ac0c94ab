import { type RefObject, useEffect, useRef } from 'react';
import { type KeyActions, keyLayers } from './key-layers.ts';

interface KeysOptions {
  /** Heading in the list of keys, in the reader's language. */
  readonly help: string;
  /** Off while false, as before anything is loaded. */
  readonly when?: boolean;
  /** The dialog that the keys belong to; the page's own without. */
  readonly within?: RefObject<Element | null>;
}

/**
 * One-key shortcuts while the component is on the screen: `useKeys({ a: { says: t.approve, does: approve } },
 * { help: t.title })`. They never fire inside text fields, during input-method composition or with Ctrl, Alt or ⌘,
 * and stand in the list that `?` opens. Held keys repeat only where the action says so.
 */
export function useKeys(actions: KeyActions, { help, when = true, within }: KeysOptions): void {
  // Actions are new functions at every drawing; the layer changes only when what it says does.
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  const named = JSON.stringify(
    Object.entries(actions).map(([key, { says, repeats = false }]) => [key, says, repeats]),
  );
  useEffect(() => {
    if (!when) return;
    const entries: [string, string, boolean][] = JSON.parse(named);
    return keyLayers.add({
      title: help,
      actions: Object.fromEntries(
        entries.map(([key, says, repeats]) => [
          key,
          { says, repeats, does: () => newest.current[key]?.does() },
        ]),
      ),
      ...(within && { holds: (element) => within.current?.contains(element) === true }),
    });
  }, [named, help, when, within]);
}
