import { OnScreen } from '../on-screen.ts';

/** What a key does on a page. */
export interface KeyAction {
  /** In the reader's language, for the list of keys. */
  readonly says: string;
  readonly does: () => void;
  /** Also when it is held down, as for moving through a list. */
  readonly repeats?: boolean;
}

/** Keys by name (`a`, `A` for Shift+A, `?`, `ArrowDown`) and what each does. */
export type KeyActions = Readonly<Record<string, KeyAction>>;

/** The keys of a page or a part of it. */
export interface KeyLayer {
  readonly title: string;
  readonly actions: KeyActions;
  /** Where the layer is not the page's but a dialog's: whether an element stands in that dialog. */
  readonly holds?: (element: Element) => boolean;
}

/** The keys that work in this browser tab now. */
export const keyLayers = new OnScreen<KeyLayer>();

/** What a key does: the newest layer that knows it has it. */
export function findKey(layers: readonly KeyLayer[], key: string): KeyAction | null {
  const layer = layers.findLast(({ actions }) => Object.hasOwn(actions, key));
  return layer?.actions[key] ?? null;
}
