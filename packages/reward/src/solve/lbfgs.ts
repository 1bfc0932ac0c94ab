/** Writes the gradient at `x` into `gradient` and returns the value there. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** When to stop. */
export interface MinimiseOptions {
  /** Largest absolute gradient entry that counts as flat. */
  tolerance: number;
  maxIterations: number;
}

const MEMORY = 10;
/** Sufficient decrease, as in Nocedal and Wright's equation 3.4. */
const ARMIJO = 1e-4;

interface Step {
  change: Float64Array;
  gradientChange: Float64Array;
  curvature: number;
}

/**
 * Minimum of a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a
 * backtracking line search. Deterministic. Returns the best point reached within `maxIterations`.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Float64Array {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const history: Step[] = [];
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    if (largest(gradient) <= options.tolerance) break;
    const direction = descentDirection(gradient, history);
    const next = lineSearch(objective, { x, value, gradient }, direction, history.length === 0);
    if (next === undefined) break;
    remember(history, next.x, x, next.gradient, gradient);
    ({ x, value, gradient } = next);
  }
  return x;
}

interface Point {
  x: Float64Array<ArrayBuffer>;
  value: number;
  gradient: Float64Array<ArrayBuffer>;
}

function lineSearch(
  objective: Objective,
  from: Point,
  direction: Float64Array,
  first: boolean,
): Point | undefined {
  const slope = dot(from.gradient, direction);
  // Without curvature information the gradient's scale says nothing about the distance to the minimum.
  let step = first ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
  for (let attempt = 0; attempt < 40; attempt++, step /= 2) {
    const x = from.x.map((value, i) => value + step * direction[i]!);
    const gradient = new Float64Array(x.length);
    const value = objective(x, gradient);
    if (value <= from.value + ARMIJO * step * slope) return { x, value, gradient };
  }
  // At the limit of floating point no step lowers the value any more.
  return undefined;
}

function remember(
  history: Step[],
  x: Float64Array,
  previousX: Float64Array,
  gradient: Float64Array,
  previousGradient: Float64Array,
): void {
  const change = x.map((value, i) => value - previousX[i]!);
  const gradientChange = gradient.map((value, i) => value - previousGradient[i]!);
  const curvature = dot(change, gradientChange);
  if (curvature <= 1e-12 * dot(gradientChange, gradientChange)) return;
  history.push({ change, gradientChange, curvature });
  if (history.length > MEMORY) history.shift();
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. */
function descentDirection(gradient: Float64Array, history: Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const factors: number[] = [];
  for (const { change, gradientChange, curvature } of history.toReversed()) {
    const factor = dot(change, direction) / curvature;
    factors.push(factor);
    addScaled(direction, gradientChange, -factor);
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.gradientChange, last.gradientChange);
    for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * scale;
  }
  for (const { change, gradientChange, curvature } of history) {
    const correction = dot(gradientChange, direction) / curvature;
    addScaled(direction, change, factors.pop()! - correction);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + factor * source[i]!;
}

function largest(values: Float64Array): number {
  let top = 0;
  for (const value of values) top = Math.max(top, Math.abs(value));
  return top;
}
