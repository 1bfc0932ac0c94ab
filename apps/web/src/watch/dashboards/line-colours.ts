/** Colours of up to eight lines; each has its dashes too, for those who do not tell colours apart. */
const colours = ['accent', 'warn', 'good', 'bad', 'accent-strong', 'soft', 'ink', 'faint'] as const;
const dashes: readonly number[][] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

export function lineColour(index: number): string {
  return `var(--color-${colours[index % colours.length]})`;
}

export function lineDash(index: number): number[] {
  return [...(dashes[index % dashes.length] ?? [])];
}
