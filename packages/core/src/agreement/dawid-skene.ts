/** One judge's label of one item; a judge may label an item more than once. */
export interface Labelled {
  readonly item: string;
  readonly judge: string;
  /** Index of the class. */
  readonly label: number;
}

/** The fit: what each item most likely is, and how each judge labels items of each class. */
export interface DawidSkene {
  /** Item → probability of each class. */
  readonly posterior: ReadonlyMap<string, readonly number[]>;
  /** Share of each class among the items. */
  readonly prior: readonly number[];
  /** Judge → true class → probability of each label. */
  readonly judges: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** After each step, what is climbed: the log-likelihood, plus the log density of the smoothing. Never falls. */
  readonly climb: readonly number[];
}

/** How the fit runs. */
export interface DawidSkeneOptions {
  /** Pseudo-counts added to each cell of a judge's table and to each class (Laplace); default 1, 0 for none. */
  readonly smoothing?: number;
  /** Steps at most; default 200. */
  readonly steps?: number;
  /** Stops when a step climbs less; default 1e-7. */
  readonly tolerance?: number;
}

interface Model {
  readonly prior: readonly number[];
  readonly judges: ReadonlyMap<string, readonly (readonly number[])[]>;
}

/**
 * Estimates what items are from judges who err each in their own way, by expectation maximisation (Dawid and Skene
 * 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm"). Starts from each item's
 * shares of labels, as they do. Smoothing keeps judges with few labels from being taken for perfect.
 *
 * @param classes how many classes there are; labels are 0 up to it
 */
export function dawidSkene(
  labels: readonly Labelled[],
  classes: number,
  { smoothing = 1, steps = 200, tolerance = 1e-7 }: DawidSkeneOptions = {},
): DawidSkene {
  const items = Map.groupBy(labels, ({ item }) => item);
  const climb: number[] = [];
  let posterior = votes(items, classes);
  let model = maximise(labels, posterior, classes, smoothing);
  for (let step = 0; step < steps; step++) {
    const expected = expect(items, model, classes);
    climb.push(expected.logLikelihood + logSmoothing(model, smoothing));
    posterior = expected.posterior;
    if (step > 0 && (climb[step] ?? 0) - (climb[step - 1] ?? 0) < tolerance) break;
    model = maximise(labels, posterior, classes, smoothing);
  }
  return { posterior, ...model, climb };
}

/**
 * Probability that a judge gives an item the class that it is, over the mix of classes: the diagonal of their table,
 * weighed by the shares of the classes.
 */
export function reliabilityOf(
  { prior, judges }: Pick<DawidSkene, 'prior' | 'judges'>,
  judge: string,
): number {
  const table = judges.get(judge);
  if (table === undefined) return Number.NaN;
  return prior.reduce((sum, share, k) => sum + share * (table[k]?.[k] ?? 0), 0);
}

function votes(items: ReadonlyMap<string, readonly Labelled[]>, classes: number): Map<string, number[]> {
  const shares = new Map<string, number[]>();
  for (const [item, given] of items) {
    const counts = zeros(classes);
    for (const { label } of given) counts[label]! += 1 / given.length;
    shares.set(item, counts);
  }
  return shares;
}

function maximise(
  labels: readonly Labelled[],
  posterior: ReadonlyMap<string, readonly number[]>,
  classes: number,
  smoothing: number,
): Model {
  const prior = Array.from({ length: classes }, () => smoothing);
  for (const shares of posterior.values()) for (const [k, share] of shares.entries()) prior[k]! += share;
  const judges = new Map<string, number[][]>();
  for (const { item, judge, label } of labels) {
    const table = judges.get(judge) ?? prior.map(() => prior.map(() => smoothing));
    for (const [k, share] of (posterior.get(item) ?? []).entries()) table[k]![label]! += share;
    judges.set(judge, table);
  }
  const tables = [...judges].map(([judge, table]) => [judge, table.map(toShares)] as const);
  return { prior: toShares(prior), judges: new Map(tables) };
}

function expect(items: ReadonlyMap<string, readonly Labelled[]>, { prior, judges }: Model, classes: number) {
  const posterior = new Map<string, number[]>();
  let logLikelihood = 0;
  for (const [item, given] of items) {
    const logs = prior.map(Math.log);
    for (const { judge, label } of given) {
      const table = judges.get(judge);
      for (let k = 0; k < classes; k++) logs[k]! += Math.log(table?.[k]?.[label] ?? 0);
    }
    const most = Math.max(...logs);
    const scaled = logs.map((log) => Math.exp(log - most));
    logLikelihood += most + Math.log(scaled.reduce((sum, share) => sum + share, 0));
    posterior.set(item, toShares(scaled));
  }
  return { posterior, logLikelihood };
}

/** Log density, but for a constant, of the Dirichlet prior whose mode the smoothed shares are. */
function logSmoothing({ prior, judges }: Model, smoothing: number): number {
  if (smoothing === 0) return 0;
  const shares = [...prior, ...[...judges.values()].flat(2)];
  return smoothing * shares.reduce((sum, share) => sum + Math.log(share), 0);
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

/** A class that no item is of leaves a row of zeros, which stays as it is. */
function toShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
