import type { AssemblySettings } from './assembly.ts';
import { isGood } from './good-rating.ts';
import type { Material } from './split-rows.ts';

/** Types of data sets that consist of pairs. */
const pairTypes: ReadonlySet<string> = new Set(['preference_pairs', 'dpo']);

/** Why the material isn't enough for the data set that is wanted, in words for the caller; null when it is. */
export function refusal(material: Material, settings: AssemblySettings): string | null {
  const ratings = material.feedback.map(({ rating }) => rating).filter((rating) => rating !== null);
  const reward = settings.datasetType === 'reward';
  const usable = (reward ? ratings.length : material.feedback.length) + material.given.length;
  const pairs = material.generated.length + material.given.length;
  if (usable < settings.minimum) {
    return `There are ${usable} usable feedbacks and pairs; ${settings.minimum} are needed.`;
  }
  if (reward && material.given.length < settings.minimum && isOneSided(ratings)) return oneSided(ratings);
  if (pairTypes.has(settings.datasetType) && pairs === 0) {
    return 'No preference pair can be made: answers to the same question with different ratings, or corrections, are needed.';
  }
  if (settings.split === 'by_user' && people(material) < 2) {
    return 'A split by user needs feedback of at least two people.';
  }
  return null;
}

function people({ feedback, given }: Material): number {
  return new Set([
    ...feedback.map(({ person }) => person),
    ...given.map(({ annotator, id }) => annotator ?? id),
  ]).size;
}

function isOneSided(ratings: readonly number[]): boolean {
  return ratings.every(isGood) || !ratings.some(isGood);
}

function oneSided(ratings: readonly number[]): string {
  const good = ratings.filter(isGood).length;
  const bad = ratings.length - good;
  return `A reward model learns from good and bad answers: ${good} are rated 4 or more and ${bad} less; both are needed.`;
}
