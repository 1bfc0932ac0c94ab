import type { JudgingAnswer, JudgingQuestion } from '@attune/contracts';
import type { Catalogue } from '../../text/catalogue.ts';
import { strengthWord } from './strength-word.ts';
import type { text } from './text.ts';

type Words = typeof text extends Catalogue<infer Texts> ? Texts : never;

/** An answer in a line of words: `B is better · clearly`, `B > A = C`. */
export function answerWords(question: JudgingQuestion, answer: JudgingAnswer | undefined, t: Words): string {
  if (answer === undefined) return t.none;
  switch (answer.kind) {
    case 'pairwise':
      if (answer.choice === 'tie') return t.tie;
      if (answer.choice === 'both_bad') return t.bothBad;
      return answer.strength === undefined
        ? t.better(answer.choice)
        : `${t.better(answer.choice)} · ${strengthIn(question, answer.strength, t)}`;
    case 'ranking':
      return answer.places.map((place) => place.join(' = ')).join(' > ');
    case 'stars':
      return Object.entries(answer.stars)
        .map(([key, given]) => `${key}: ${starsIn(question, given)}`)
        .join('; ');
    case 'labels':
      return answer.labels.map((label) => titleIn(question, label)).join(', ');
    case 'spans':
      return answer.spans
        .map(({ response, label, start, end }) => `${response} ${start}–${end} ${titleIn(question, label)}`)
        .join(', ');
    case 'text':
      return answer.text;
  }
}

function strengthIn(question: JudgingQuestion, strength: number, t: Words): string {
  const word = question.kind === 'pairwise' ? strengthWord(question, strength, t.strengths) : undefined;
  return word ?? t.level(strength);
}

function starsIn(question: JudgingQuestion, given: Readonly<Record<string, number>>): string {
  return Object.entries(given)
    .map(([dimension, stars]) => `${titleIn(question, dimension)} ${stars}`)
    .join(', ');
}

/** Title of a label or dimension. */
function titleIn(question: JudgingQuestion, key: string): string {
  const options =
    'options' in question ? question.options : 'dimensions' in question ? question.dimensions : [];
  return options.find((option) => option.key === key)?.title ?? key;
}
