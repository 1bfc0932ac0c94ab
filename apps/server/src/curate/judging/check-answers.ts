import {
  AttuneError,
  type JudgingAnswer,
  type JudgingAnswers,
  type JudgingQuestion,
} from '@attune/contracts';

/** The responses that answers speak of: their names, and their lengths in code units. */
export type ResponseLengths = ReadonlyMap<string, number>;

/**
 * Holds answers against their questions.
 * @throws AttuneError `judging_answer_invalid` naming the answer and what is wrong with it
 */
export function checkAnswers(
  questions: readonly JudgingQuestion[],
  answers: JudgingAnswers,
  responses: ResponseLengths,
): void {
  const known = new Map(questions.map((question) => [question.id, question]));
  for (const [id, answer] of Object.entries(answers)) {
    const question = known.get(id);
    const fault = question === undefined ? 'there is no such question' : faultOf(question, answer, responses);
    if (fault !== null) throw invalid(id, fault);
  }
  const missing = questions.find((question) => question.required && isEmpty(answers[question.id]));
  if (missing !== undefined) throw invalid(missing.id, `“${missing.title}” must be answered`);
}

function invalid(id: string, fault: string): AttuneError {
  return new AttuneError('judging_answer_invalid', {
    param: `answers.${id}`,
    message: `\`answers.${id}\`: ${fault}.`,
  });
}

/** Nothing said: an empty text or choice. No marked passage is a statement too. */
function isEmpty(answer: JudgingAnswer | undefined): boolean {
  if (answer === undefined) return true;
  if (answer.kind === 'text') return answer.text.trim() === '';
  return answer.kind === 'labels' && answer.labels.length === 0;
}

type Of<Union extends { kind: string }, Kind extends Union['kind']> = Extract<Union, { kind: Kind }>;

/** What is wrong with an answer, or null. */
function faultOf(
  question: JudgingQuestion,
  answer: JudgingAnswer,
  responses: ResponseLengths,
): string | null {
  if (question.kind === 'pairwise' && answer.kind === 'pairwise')
    return ofPairwise(question, answer, responses);
  if (question.kind === 'ranking' && answer.kind === 'ranking') return ofRanking(question, answer, responses);
  if (question.kind === 'stars' && answer.kind === 'stars') return ofStars(question, answer, responses);
  if (question.kind === 'labels' && answer.kind === 'labels') return ofLabels(question, answer);
  if (question.kind === 'spans' && answer.kind === 'spans') return ofSpans(question, answer, responses);
  if (question.kind === 'text' && answer.kind === 'text') return ofText(question, answer);
  return `the question is of kind ${question.kind}, the answer of kind ${answer.kind}`;
}

function ofPairwise(
  { strength_levels, allow_tie, allow_both_bad }: Of<JudgingQuestion, 'pairwise'>,
  { choice, strength }: Of<JudgingAnswer, 'pairwise'>,
  responses: ResponseLengths,
): string | null {
  if (choice === 'tie' || choice === 'both_bad') {
    if (choice === 'tie' && !allow_tie) return 'a tie is not allowed here';
    if (choice === 'both_bad' && !allow_both_bad) return '“both bad” is not allowed here';
    return strength === undefined ? null : 'only a choice of a response has a strength';
  }
  if (!responses.has(choice)) return unknownResponse(choice, responses);
  if (strength !== undefined && strength > strength_levels)
    return `the strength goes from 1 to ${strength_levels}`;
  return null;
}

function ofRanking(
  { allow_ties }: Of<JudgingQuestion, 'ranking'>,
  { places }: Of<JudgingAnswer, 'ranking'>,
  responses: ResponseLengths,
): string | null {
  const ranked = places.flat();
  const stranger = ranked.find((key) => !responses.has(key));
  if (stranger !== undefined) return unknownResponse(stranger, responses);
  if (new Set(ranked).size !== ranked.length) return 'a response stands in two places';
  const missing = [...responses.keys()].find((key) => !ranked.includes(key));
  if (missing !== undefined) return `${missing} has no place`;
  return allow_ties || places.every((place) => place.length === 1) ? null : 'two responses share a place';
}

function ofStars(
  { dimensions, scale, required }: Of<JudgingQuestion, 'stars'>,
  { stars }: Of<JudgingAnswer, 'stars'>,
  responses: ResponseLengths,
): string | null {
  const keys = new Set(dimensions.map(({ key }) => key));
  for (const [response, given] of Object.entries(stars)) {
    if (!responses.has(response)) return unknownResponse(response, responses);
    for (const [dimension, value] of Object.entries(given)) {
      if (!keys.has(dimension)) return `there is no dimension ${dimension}`;
      if (value > scale) return `stars go from 1 to ${scale}`;
    }
  }
  if (!required) return null;
  for (const response of responses.keys()) {
    const missing = dimensions.find(({ key }) => stars[response]?.[key] === undefined);
    if (missing !== undefined) return `${response} has no stars for ${missing.title}`;
  }
  return null;
}

function ofLabels(
  { options, multiple }: Of<JudgingQuestion, 'labels'>,
  { labels }: Of<JudgingAnswer, 'labels'>,
): string | null {
  const stranger = labels.find((label) => options.every(({ key }) => key !== label));
  if (stranger !== undefined) return `there is no label ${stranger}`;
  if (new Set(labels).size !== labels.length) return 'a label is given twice';
  return multiple || labels.length <= 1 ? null : 'only one label can be chosen';
}

function ofSpans(
  { options }: Of<JudgingQuestion, 'spans'>,
  { spans }: Of<JudgingAnswer, 'spans'>,
  responses: ResponseLengths,
): string | null {
  for (const { response, start, end, label } of spans) {
    const length = responses.get(response);
    if (length === undefined) return unknownResponse(response, responses);
    if (options.every(({ key }) => key !== label)) return `there is no label ${label}`;
    if (start >= end) return 'a passage ends before it starts';
    if (end > length) return `a passage ends at ${end}, but ${response} has ${length} characters`;
  }
  return null;
}

function ofText(
  { max_characters }: Of<JudgingQuestion, 'text'>,
  { text }: Of<JudgingAnswer, 'text'>,
): string | null {
  return text.length <= max_characters ? null : `the text has more than ${max_characters} characters`;
}

function unknownResponse(key: string, responses: ResponseLengths): string {
  return `there is no response ${key}, only ${[...responses.keys()].join(', ')}`;
}
