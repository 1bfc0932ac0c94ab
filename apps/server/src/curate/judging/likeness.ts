import type { JudgingAnswer, JudgingAnswers, JudgingQuestion } from '@attune/contracts';
import { mean } from '@attune/core';

/**
 * How far the judges of an item disagree, 0 (all alike) to 1: one less the mean likeness over all pairs of judges and
 * all questions that two of them answered. Null where no two answered the same.
 */
export function disagreementOf(
  questions: readonly JudgingQuestion[],
  votes: readonly JudgingAnswers[],
): number | null {
  const likenesses = questions.flatMap((question) => {
    const answers = votes.flatMap((vote) => vote[question.id] ?? []);
    return answers.flatMap((a, at) => answers.slice(at + 1).flatMap((b) => likeness(question, a, b) ?? []));
  });
  return likenesses.length === 0 ? null : 1 - mean(likenesses);
}

/** How alike two answers to a question are, 0 to 1; null for free text, which nobody can compare. */
export function likeness(question: JudgingQuestion, a: JudgingAnswer, b: JudgingAnswer): number | null {
  if (a.kind === 'pairwise' && b.kind === 'pairwise') return ofChoices(a.choice, b.choice);
  if (a.kind === 'ranking' && b.kind === 'ranking') return ofPlaces(a.places, b.places);
  if (a.kind === 'labels' && b.kind === 'labels') return overlap(new Set(a.labels), new Set(b.labels));
  if (a.kind === 'spans' && b.kind === 'spans') return ofSpans(a.spans, b.spans);
  if (question.kind === 'stars' && a.kind === 'stars' && b.kind === 'stars')
    return ofStars(question.scale, a, b);
  return null;
}

/** A tie lies half-way between the two sides. */
function ofChoices(a: string, b: string): number {
  if (a === b) return 1;
  return a === 'tie' || b === 'tie' ? 0.5 : 0;
}

/** Share of pairs of responses in the same order. */
function ofPlaces(a: readonly string[][], b: readonly string[][]): number | null {
  const placesOf = (places: readonly string[][]) =>
    new Map(places.flatMap((place, rank) => place.map((key) => [key, rank] as const)));
  const [first, second] = [placesOf(a), placesOf(b)];
  const keys = [...first.keys()];
  const order = (ranks: ReadonlyMap<string, number>, x: string, y: string) =>
    Math.sign((ranks.get(x) ?? 0) - (ranks.get(y) ?? 0));
  const same = keys.flatMap((x, at) =>
    keys.slice(at + 1).map((y) => 1 - Math.abs(order(first, x, y) - order(second, x, y)) / 2),
  );
  return same.length === 0 ? null : mean(same);
}

type Stars = Extract<JudgingAnswer, { kind: 'stars' }>;

function ofStars(scale: number, { stars: a }: Stars, { stars: b }: Stars): number | null {
  const likenesses = Object.entries(a).flatMap(([response, given]) =>
    Object.entries(given).flatMap(([dimension, value]) => {
      const other = b[response]?.[dimension];
      return other === undefined ? [] : 1 - Math.abs(value - other) / (scale - 1);
    }),
  );
  return likenesses.length === 0 ? null : mean(likenesses);
}

type Spans = Extract<JudgingAnswer, { kind: 'spans' }>['spans'];

/** Jaccard's index of the marked characters, each with its label; 1 when neither marked anything. */
function ofSpans(a: Spans, b: Spans): number {
  const [first, second, either] = [covered(a), covered(b), covered([...a, ...b])];
  return either === 0 ? 1 : (first + second - either) / either;
}

/** How many characters are marked, each once per label. */
function covered(spans: Spans): number {
  const groups = Map.groupBy(spans, ({ response, label }) => `${response} ${label}`);
  return [...groups.values()].reduce((sum, group) => sum + unionLength(group), 0);
}

function unionLength(spans: Spans): number {
  let length = 0;
  let reached = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    length += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return length;
}

/** Jaccard's index: what both have over what either has; 1 when neither has anything. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const either = a.union(b).size;
  return either === 0 ? 1 : a.intersection(b).size / either;
}
