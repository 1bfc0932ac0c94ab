/** A measurement over the steps of a run. */
export interface Series {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly series: Series;
  /** Of the run that it is compared with. */
  readonly other: boolean;
  /** Measured on rows that were not trained on. */
  readonly heldOut: boolean;
}

/** What is drawn into one chart: a measurement, on training and on validation rows, of one run or two. */
export interface CurveGroup {
  readonly name: string;
  readonly lines: readonly Line[];
}

const VALIDATION = 'validation_';

/** Brings series that measure the same into one chart, in the order in which the run names them. */
export function curveGroups(own: readonly Series[], other: readonly Series[] = []): CurveGroup[] {
  const lines = [
    ...own.map((series) => lineOf(series, false)),
    ...other.map((series) => lineOf(series, true)),
  ];
  const groups = Map.groupBy(lines, ({ series }) => plainName(series.name));
  return [...groups].map(([name, group]) => ({ name, lines: group }));
}

function lineOf(series: Series, other: boolean): Line {
  return { label: series.name, series, other, heldOut: series.name.startsWith(VALIDATION) };
}

function plainName(name: string): string {
  return name.startsWith(VALIDATION) ? name.slice(VALIDATION.length) : name;
}

/** The lines of a chart on one axis of steps; a line has null at the steps where it was not measured. */
export function alignedLines(lines: readonly Line[]): [number[], ...(number | null)[][]] {
  const steps = [...new Set(lines.flatMap(({ series }) => series.steps))].sort((a, b) => a - b);
  const columns = lines.map(({ series }) => {
    const known = new Map(series.steps.map((step, index) => [step, series.values[index] ?? null]));
    return steps.map((step) => known.get(step) ?? null);
  });
  return [steps, ...columns];
}
