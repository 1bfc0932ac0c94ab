/** Leads a focus that stands in one row to the same control in another; one that stands elsewhere stays there. */
export function focusRow(list: HTMLElement, to: string): void {
  const { activeElement } = document;
  const row = activeElement?.closest('[data-row]');
  if (!activeElement || !row || !list.contains(row)) return;
  const control = activeElement.tagName.toLowerCase();
  const target = list.querySelector<HTMLElement>(`[data-row="${CSS.escape(to)}"] ${control}`);
  target?.focus({ preventScroll: true });
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** How many rows an arrow key goes on; null for every other key. */
export function arrowStep({ key, ctrlKey, metaKey, altKey, shiftKey }: ArrowPress): 1 | -1 | null {
  if (ctrlKey || metaKey || altKey || shiftKey) return null;
  return steps[key] ?? null;
}

interface ArrowPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}
