import type { ReviewItem } from '@attune/contracts';

/** Somebody else holds an item until then. */
export interface Holder {
  readonly by: string;
  readonly until: string;
}

/** The items that a reviewer has taken, and which of them they look at. */
export interface DeskState {
  /** In the order in which they came. */
  readonly items: readonly ReviewItem[];
  /** Index of the one that is looked at. */
  readonly at: number;
  /** `filling`: more are being fetched. `empty`: the queue has no more for now. `failed`: they could not be fetched. */
  readonly supply: 'filling' | 'ready' | 'empty' | 'failed';
  /** Items that somebody else holds by now, by id. */
  readonly lost: ReadonlyMap<string, Holder>;
  /** Items that were decided here and are not put on the desk again. */
  readonly decided: ReadonlySet<string>;
  /** Items that the reviewer holds elsewhere, as in another tab. */
  readonly elsewhere: number;
}

export const clearDesk: DeskState = {
  items: [],
  at: 0,
  supply: 'filling',
  lost: new Map(),
  decided: new Set(),
  elsewhere: 0,
};

/** The item that is looked at. */
export function currentItem({ items, at }: DeskState): ReviewItem | null {
  return items[at] ?? null;
}

/** How many items are to be fetched so that `ahead` wait behind the one that is looked at. */
export function missing({ items, at }: DeskState, ahead: number): number {
  return Math.max(0, ahead + 1 - (items.length - at));
}

/** Newly taken items lie behind the others. */
export function withTaken(state: DeskState, taken: readonly ReviewItem[]): DeskState {
  const here = new Set(state.items.map(({ feedback }) => feedback.id));
  const fresh = taken.filter(({ feedback: { id } }) => !here.has(id) && !state.decided.has(id));
  return { ...state, items: [...state.items, ...fresh] };
}

/** An item leaves the desk; the next one lies in its place, else the one before. */
export function withoutItem(state: DeskState, id: string): DeskState {
  const index = state.items.findIndex(({ feedback }) => feedback.id === id);
  if (index === -1) return state;
  const items = state.items.toSpliced(index, 1);
  const at = index < state.at ? state.at - 1 : state.at;
  const lost = new Map(state.lost);
  lost.delete(id);
  return { ...state, items, lost, at: Math.max(0, Math.min(at, items.length - 1)) };
}

/** A decided item leaves the desk for good. */
export function withDecided(state: DeskState, id: string): DeskState {
  return { ...withoutItem(state, id), decided: new Set([...state.decided, id]) };
}

/** An item is looked at: one that was taken back, or opened by its address. */
export function withOnTop(state: DeskState, item: ReviewItem): DeskState {
  const decided = new Set(state.decided);
  decided.delete(item.feedback.id);
  const index = state.items.findIndex(({ feedback }) => feedback.id === item.feedback.id);
  if (index !== -1) return { ...state, decided, items: state.items.with(index, item), at: index };
  return { ...state, decided, items: state.items.toSpliced(state.at, 0, item) };
}

/** An item as it is after a note, a tag or an assignment. */
export function withChanged(
  state: DeskState,
  id: string,
  change: (item: ReviewItem) => ReviewItem,
): DeskState {
  return {
    ...state,
    items: state.items.map((item) => (item.feedback.id === id ? change(item) : item)),
  };
}

/** Looks at another item; what somebody else holds by now is not come back to. */
export function moved(state: DeskState, by: 1 | -1): DeskState {
  const from = currentItem(state);
  const at = Math.max(0, Math.min(state.at + by, state.items.length - 1));
  if (from === null || at === state.at) return state;
  const there = { ...state, at };
  return state.lost.has(from.feedback.id) ? withoutItem(there, from.feedback.id) : there;
}

/** Others hold some items by now: the one that is looked at says so, the rest just leave. */
export function withLost(
  state: DeskState,
  lost: readonly { readonly id: string; readonly by: string; readonly until: string }[],
): DeskState {
  const current = currentItem(state)?.feedback.id;
  let now = state;
  for (const { id, by, until } of lost) {
    now = id === current ? { ...now, lost: new Map(now.lost).set(id, { by, until }) } : withoutItem(now, id);
  }
  return now;
}
