import { mean } from './moments.ts';
import { midranks } from './ranks.ts';
import { assertSameLength } from './same-length.ts';

/** Pearson's product-moment correlation, −1 to 1; NaN when either column is constant. @throws RangeError on different lengths */
export function pearson(x: readonly number[], y: readonly number[]): number {
  assertSameLength(x, y);
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  x.forEach((value, index) => {
    const dx = value - meanX;
    const dy = y[index]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return xy / Math.sqrt(xx * yy);
}

/** Spearman's rank correlation: Pearson's of the midranks. @throws RangeError on different lengths */
export function spearman(x: readonly number[], y: readonly number[]): number {
  return pearson(midranks(x), midranks(y));
}
