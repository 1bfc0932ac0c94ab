import type { JudgingAnswer, JudgingQuestion } from '@attune/contracts';
import { ownKey } from '../response-keys.ts';
import type { ReportItem, ReportVote } from './report-input.ts';

/** One judge's value of one thing. */
export interface Rating {
  readonly unit: string;
  /** Item: what it says about several of its units depends on each other. */
  readonly item: string;
  readonly judge: string;
  /** Code of what was said: alike or not. */
  readonly value: number;
  /** The same on a scale; null where it has no place on it. */
  readonly scaled: number | null;
}

/** The ratings of one question, or of one dimension of it, that can be compared with each other. */
export interface Measure {
  readonly question: string;
  readonly title: string;
  readonly dimension: string | null;
  /** Whether the values stand on a scale. */
  readonly scaled: boolean;
  readonly ratings: readonly Rating[];
  /**
   * The same ratings with the names of the two responses swapped; empty where nothing is compared. Which response an
   * item names first is chance to judges, who do not see it: what is corrected for chance counts both ways.
   */
  readonly swapped: readonly Rating[];
}

interface Said {
  readonly vote: ReportVote;
  readonly answer: JudgingAnswer;
}

/** What can be compared of the votes on each question; free text cannot. */
export function measuresOf(
  questions: readonly JudgingQuestion[],
  items: ReadonlyMap<string, ReportItem>,
  votes: readonly ReportVote[],
): Measure[] {
  return questions.flatMap((question) => {
    const said = votes.flatMap((vote) => {
      const answer = vote.answers[question.id];
      return answer === undefined || vote.skipped ? [] : [{ vote, answer }];
    });
    return measuresOfQuestion(question, items, said);
  });
}

function measuresOfQuestion(
  question: JudgingQuestion,
  items: ReadonlyMap<string, ReportItem>,
  said: readonly Said[],
): Measure[] {
  const measure = (scaled: boolean, rate: (one: Said) => readonly Rating[]): Measure[] => [
    {
      question: question.id,
      title: question.title,
      dimension: null,
      scaled,
      ratings: said.flatMap(rate),
      swapped: [],
    },
  ];
  switch (question.kind) {
    case 'pairwise':
      return measure(true, choiceOf).map((one) => ({ ...one, swapped: one.ratings.map(swapped) }));
    case 'ranking':
      return measure(true, placesOf);
    case 'labels': {
      const keys = question.options.map(({ key }) => key);
      return measure(false, question.multiple ? labelsOf(keys) : labelOf(keys));
    }
    case 'spans':
      return measure(
        false,
        wordsOf(
          question.options.map(({ key }) => key),
          items,
        ),
      );
    case 'stars':
      return question.dimensions.map(({ key, title }) => ({
        question: question.id,
        title: `${question.title}: ${title}`,
        dimension: key,
        scaled: true,
        ratings: said.flatMap(starsOf(key)),
        swapped: [],
      }));
    case 'text':
      return [];
  }
}

function rating({ item, judge }: ReportVote, part: string, value: number, scaled: number | null): Rating {
  return { unit: part === '' ? item : `${item} ${part}`, item, judge, value, scaled };
}

/** First, tie, second and both bad are four values; on the scale, the strength counts and both bad has no place. */
function choiceOf({ vote, answer }: Said): Rating[] {
  if (answer.kind !== 'pairwise') return [];
  const { choice, strength = 1 } = answer;
  if (choice === 'both_bad') return [rating(vote, '', 3, null)];
  if (choice === 'tie') return [rating(vote, '', 1, 0)];
  return choice === ownKey(0) ? [rating(vote, '', 0, strength)] : [rating(vote, '', 2, -strength)];
}

const swappedValues = [2, 1, 0, 3];

/** What was said of the first response as it would be said of it were it named second. */
function swapped({ unit, value, scaled, ...others }: Rating): Rating {
  return {
    ...others,
    unit: `${unit} swapped`,
    value: swappedValues[value] ?? value,
    scaled: scaled === null ? null : 0 - scaled,
  };
}

/** Each response's place; those that share places have the middle one. */
function placesOf({ vote, answer }: Said): Rating[] {
  if (answer.kind !== 'ranking') return [];
  let before = 0;
  return answer.places.flatMap((place) => {
    const middle = before + (place.length + 1) / 2;
    before += place.length;
    return place.map((key) => rating(vote, key, middle, middle));
  });
}

function labelOf(keys: readonly string[]): (said: Said) => Rating[] {
  return ({ vote, answer }) =>
    answer.kind === 'labels' ? [rating(vote, '', keys.indexOf(answer.labels[0] ?? ''), null)] : [];
}

/** Whether each of several labels was given. */
function labelsOf(keys: readonly string[]): (said: Said) => Rating[] {
  return ({ vote, answer }) =>
    answer.kind === 'labels'
      ? keys.map((key) => rating(vote, key, answer.labels.includes(key) ? 1 : 0, null))
      : [];
}

function starsOf(dimension: string): (said: Said) => Rating[] {
  return ({ vote, answer }) => {
    if (answer.kind !== 'stars') return [];
    return Object.entries(answer.stars).flatMap(([response, stars]) => {
      const value = stars[dimension];
      return value === undefined ? [] : [rating(vote, response, value, value)];
    });
  };
}

/** The label of each word of the responses, 0 for none; of several, the last. */
function wordsOf(keys: readonly string[], items: ReadonlyMap<string, ReportItem>): (said: Said) => Rating[] {
  return ({ vote, answer }) => {
    if (answer.kind !== 'spans') return [];
    return (items.get(vote.item)?.texts ?? []).flatMap((text, place) => {
      const spans = answer.spans.filter(({ response }) => response === ownKey(place));
      return [...text.matchAll(/\S+/gu)].map(({ 0: word, index: start }) => {
        const label = spans.findLast((span) => span.start < start + word.length && span.end > start)?.label;
        return rating(
          vote,
          `${ownKey(place)} ${start}`,
          label === undefined ? 0 : keys.indexOf(label) + 1,
          null,
        );
      });
    });
  };
}
