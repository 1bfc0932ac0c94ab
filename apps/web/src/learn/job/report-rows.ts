/** One figure of a run's report; `ci` and `n` where it is an estimate. */
export interface ReportRow {
  readonly name: string;
  readonly value: string | number;
  readonly ci: readonly [number, number] | null;
  readonly n: number | null;
}

/** A run's report laid out flat; lists (tables of errors, calibration bins) have views of their own. */
export function reportRows(report: Readonly<Record<string, unknown>>): ReportRow[] {
  return rowsOf(report, '');
}

function rowsOf(value: unknown, name: string): ReportRow[] {
  if (typeof value === 'number' || typeof value === 'string') return [{ name, value, ci: null, n: null }];
  if (typeof value === 'boolean') return [{ name, value: String(value), ci: null, n: null }];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const estimate = estimateOf(value);
  if (estimate !== null) return [{ name, ...estimate }];
  return Object.entries(value).flatMap(([key, inner]) => rowsOf(inner, name === '' ? key : `${name}.${key}`));
}

function estimateOf(value: object): Omit<ReportRow, 'name'> | null {
  const facts = new Map<string, unknown>(Object.entries(value));
  const [middle, ci, n] = [facts.get('value'), facts.get('ci'), facts.get('n')];
  if (typeof middle !== 'number' || !Array.isArray(ci)) return null;
  const [low, high]: unknown[] = ci;
  const interval = typeof low === 'number' && typeof high === 'number' ? ([low, high] as const) : null;
  return { value: middle, ci: interval, n: typeof n === 'number' ? n : null };
}
