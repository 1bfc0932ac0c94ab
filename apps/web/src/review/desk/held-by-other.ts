import { AttuneApiError } from '@attune/sdk';

/** An item in somebody else's hands. */
export interface HeldByOther {
  readonly id: string;
  readonly by: string;
  readonly until: string;
}

/** Who holds the item that a decision was refused for; null where it was refused for something else. */
export function heldByOther(error: unknown): HeldByOther | null {
  if (!(error instanceof AttuneApiError) || error.code !== 'item_reserved_by_other') return null;
  const { current } = error;
  if (typeof current !== 'object' || current === null) return null;
  if (!('id' in current && 'by' in current && 'until' in current)) return null;
  return { id: String(current.id), by: String(current.by), until: String(current.until) };
}
