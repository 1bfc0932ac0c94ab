/** Which rows are selected: some by their ids, or everything that matches the filter. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the row that was selected last. */
  readonly anchor: string | null;
  readonly everything: boolean;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null, everything: false };

/** Selects a row or lets it go. */
export function toggled({ ids, everything }: Selection, id: string): Selection {
  const next = new Set(everything ? [] : ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id, everything: false };
}

/** Selects every row from the anchor to this one, as they stand in the list. */
export function extended(selection: Selection, id: string, order: readonly string[]): Selection {
  const from = order.indexOf(selection.anchor ?? id);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggled(selection, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: id, everything: false };
}

/** Selects all rows that are loaded; nothing where they are selected already. */
export function allShown({ ids }: Selection, order: readonly string[]): Selection {
  if (order.length === ids.size && order.every((id) => ids.has(id))) return nothingSelected;
  return { ids: new Set(order), anchor: null, everything: false };
}

/** Rows that are gone are not selected any more. */
export function without(selection: Selection, gone: readonly string[]): Selection {
  const ids = new Set([...selection.ids].filter((id) => !gone.includes(id)));
  return { ...selection, ids };
}
