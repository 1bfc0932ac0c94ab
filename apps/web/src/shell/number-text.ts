const counts = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A count: `1,234`, from 100,000 on `123.5K`. */
export function countText(count: number): string {
  return count < 100_000 ? counts.format(count) : compact.format(count);
}

/** A count with its noun: `1 rating`, `2 ratings`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share of 0–1 in percent; small ones never read as nothing, large ones never as all. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  if (share > 0.99 && share < 1) return '>99 %';
  return `${Math.round(share * 100)} %`;
}

/** A duration in milliseconds: `87 ms`, `1.3 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

/** A signed difference: `+0.25`, `−0.10`, `±0`. */
export function differenceText(difference: number): string {
  const size = Math.abs(difference).toFixed(2);
  if (size === '0.00') return '±0';
  return `${difference > 0 ? '+' : '−'}${size}`;
}
