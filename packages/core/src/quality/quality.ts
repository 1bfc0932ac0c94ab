import type { NearDuplicateOptions } from '../near-duplicates.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { type BotLimits, dropBots } from './bots.ts';
import type { CheckedRows, Dropped } from './dropped.ts';
import { dropOutliers, type OutlierLimits } from './outliers.ts';
import { capPersons } from './person-cap.ts';
import { dropRepeats } from './repeats.ts';
import { dropSpam } from './spam.ts';

export interface QualityOptions {
  seed: number;
  /** Largest share of one person; default 0.2; null for no cap. */
  personCap?: number | null;
  bots?: BotLimits;
  outliers?: OutlierLimits;
  duplicates?: NearDuplicateOptions;
}

export interface QualityReport<T> extends CheckedRows<T> {
  /** What could not be done, in words. */
  warnings: string[];
}

/**
 * The checks of preparation in order: spam, bots, people who disagree with everybody, repeats, and last the cap on any
 * one person's share. Each sees what the ones before it kept; every row is kept or dropped once, with the reason.
 */
export function checkQuality<T extends TrainingFeedback>(
  rows: readonly T[],
  options: QualityOptions,
): QualityReport<T> {
  const checks: ((kept: readonly T[]) => CheckedRows<T>)[] = [
    dropSpam,
    (kept) => dropBots(kept, options.bots),
    (kept) => dropOutliers(kept, options.outliers),
    (kept) => dropRepeats(kept, options.duplicates),
  ];
  let kept: readonly T[] = rows;
  const dropped: Dropped<T>[] = [];
  for (const check of checks) {
    const result = check(kept);
    kept = result.kept;
    dropped.push(...result.dropped);
  }
  const cap = options.personCap === undefined ? 0.2 : options.personCap;
  if (cap === null) return { kept: [...kept], dropped, warnings: [] };
  const capped = capPersons(kept, cap, options.seed);
  const warning = `too few people for a cap of ${cap} on one person's share; nothing was dropped for it`;
  return {
    kept: capped.kept,
    dropped: [...dropped, ...capped.dropped],
    warnings: capped.unreachable ? [warning] : [],
  };
}
