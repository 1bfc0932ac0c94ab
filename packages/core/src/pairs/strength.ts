/**
 * How clearly people prefer one answer, −1 to 1: the distance of the mean scores as a share of the scale (1 to 5) times
 * how far the raters agree, which is the share of all pairings of a score of one with a score of the other that favour
 * the first less the share that favour the second. A star of difference between two single ratings is 0.25.
 */
export function preferenceStrength(chosen: readonly number[], rejected: readonly number[]): number {
  let favour = 0;
  let distance = 0;
  for (const a of chosen) {
    for (const b of rejected) {
      favour += Math.sign(a - b);
      distance += a - b;
    }
  }
  const pairings = chosen.length * rejected.length;
  const agreement = favour / pairings;
  // Means that point one way and raters the other way are no preference.
  if (Math.sign(agreement) !== Math.sign(distance)) return 0;
  return (distance / pairings / 4) * Math.abs(agreement);
}
