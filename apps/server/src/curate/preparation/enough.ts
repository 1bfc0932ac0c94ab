import type { AssemblySettings } from './assembly.ts';
import { isGood } from './good-rating.ts';
import type { Material } from './split-rows.ts';

/** Types of data sets that consist of pairs. */
const pairTypes: ReadonlySet<string> = new Set(['preference_pairs', 'dpo']);

/** Why the material isn't enough for the data set that is wanted, in words for the caller; null when it is. */
export function refusal(material: Material, settings: AssemblySettings): string | null {
  const ratings = material.feedback.map(({ rating }) => rating).filter((rating) => rating !== null);
  const reward = settings.datasetType === 'reward';
  const usable =
    (reward ? ratings.length : material.feedback.length) + material.given.length + material.steps.length;
  const pairs = material.generated.length + material.given.length;
  if (settings.datasetType === 'step' && material.steps.length === 0) {
    return 'No answer has marked steps, from its first step on, or notes on passages; those are what a set of steps is made of.';
  }
  if (usable < settings.minimum) {
    return `There are ${said(usable)} usable feedbacks and pairs; ${said(settings.minimum)} are needed.`;
  }
  if (reward && material.given.length < settings.minimum && isOneSided(ratings)) return oneSided(ratings);
  if (settings.datasetType === 'instruction_tuning' && !hasTarget(material)) {
    return 'There is nothing worth imitating: answers rated 4 or 5, or corrections, are needed.';
  }
  if (settings.datasetType === 'kto' && isOneSided(ratings) && !hasBoth(material)) return oneSided(ratings);
  if (pairTypes.has(settings.datasetType) && pairs === 0) {
    return 'No preference pair can be made: answers to the same question with different ratings, or corrections, are needed.';
  }
  if (settings.split === 'by_user' && people(material) < 2) {
    return 'A split by user needs feedback of at least two people.';
  }
  return null;
}

function hasTarget({ feedback, generated, given }: Material): boolean {
  return (
    feedback.some(({ rating }) => rating !== null && isGood(rating)) ||
    [...generated, ...given].some(({ method }) => method === 'correction')
  );
}

/** Corrections are good answers beside the bad ones they correct. */
function hasBoth({ feedback, generated, given }: Material): boolean {
  const corrected = [...generated, ...given].some(({ method }) => method === 'correction');
  return corrected && feedback.some(({ rating }) => rating !== null && !isGood(rating));
}

function people({ feedback, given, steps }: Material): number {
  return new Set([
    ...[...feedback, ...steps].map(({ person }) => person),
    ...given.map(({ annotator, id }) => annotator ?? id),
  ]).size;
}

function isOneSided(ratings: readonly number[]): boolean {
  return ratings.every(isGood) || !ratings.some(isGood);
}

function oneSided(ratings: readonly number[]): string {
  const good = ratings.filter(isGood).length;
  const bad = ratings.length - good;
  return `Good and bad answers are learnt from: ${said(good)} are rated 4 or more and ${said(bad)} less; both are needed.`;
}

function said(n: number): string {
  return n.toLocaleString('en');
}
