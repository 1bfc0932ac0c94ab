/** Lays rows out in columns; numbers to the right. The first row is the heading. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  );
  const line = (row: readonly (string | number)[], isHeading: boolean) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const isNumber = !isHeading && /^[-+]?[\d.]+( ?%)?$/.test(String(cell));
        return isNumber ? String(cell).padStart(width) : String(cell).padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return rows.map((row, index) => `  ${line(row, index === 0)}`).join('\n');
}

interface Estimate {
  value: number | null;
  ci: readonly [number | null, number | null];
  n: number;
}

/** `0.781 [0.752, 0.808] n=427`, or a dash where there is not enough data. */
export function estimateText(estimate: Estimate | null | undefined, digits = 3): string {
  if (estimate?.value === null || estimate?.value === undefined) return '–';
  const [low, high] = estimate.ci;
  const interval = low === null || high === null ? '' : ` [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
  return `${estimate.value.toFixed(digits)}${interval} n=${estimate.n}`;
}
