import { textSimilarity } from '../near-duplicates.ts';
import { findPii } from '../pii/find-pii.ts';
import type { PiiSpan } from '../pii/kind.ts';
import { answerKey } from './answer-key.ts';

/** A pair as it is being written. */
export interface PairTexts {
  query: string;
  chosen_response: string;
  rejected_response: string;
}

/** A stored pair on the same query. */
export interface KnownPair {
  id: string;
  chosen_response: string;
  rejected_response: string;
}

interface Finding<Kind extends string> {
  kind: Kind;
  /** An error can't be saved; a warning will probably teach the wrong thing. */
  severity: 'error' | 'warning' | 'info';
  message: string;
}

/** What speaks against a pair. */
export type PairFinding =
  | (Finding<'empty'> & { field: keyof PairTexts })
  | Finding<'identical'>
  | (Finding<'near_duplicate'> & { similarity: number })
  | (Finding<'length_ratio'> & { ratio: number })
  | (Finding<'pii'> & { field: keyof PairTexts; spans: PiiSpan[] })
  | (Finding<'contradicts'> & { pair_id: string })
  | (Finding<'duplicate'> & { pair_id: string });

/** Similarity from which two answers say nearly the same, as where near-duplicates are merged. */
const NEARLY = 0.8;
/** Times by which one answer may be longer before length is likely what a model learns from the pair. */
const MUCH_LONGER = 3;
/** Characters of the longer answer below which a ratio of lengths says nothing: "Yes." against a sentence is fair. */
const SHORT = 80;

const fields = ['query', 'chosen_response', 'rejected_response'] as const;

/** What speaks against a pair, errors first. `known` are the stored pairs on the same query, itself left out. */
export function pairFindings(pair: PairTexts, known: readonly KnownPair[]): PairFinding[] {
  return [
    ...emptyFields(pair),
    ...alike(pair),
    ...againstKnown(pair, known),
    ...lengths(pair),
    ...personal(pair),
  ];
}

function emptyFields(pair: PairTexts): PairFinding[] {
  return fields
    .filter((field) => pair[field].trim() === '')
    .map((field) => ({ kind: 'empty', severity: 'error', field, message: `${field} is empty.` }));
}

function alike({ chosen_response, rejected_response }: PairTexts): PairFinding[] {
  const [chosen, rejected] = [answerKey(chosen_response), answerKey(rejected_response)];
  if (chosen === '' || rejected === '') return [];
  if (chosen === rejected) {
    return [{ kind: 'identical', severity: 'error', message: 'Both answers are the same text.' }];
  }
  const similarity = textSimilarity(chosen, rejected);
  if (similarity < NEARLY) return [];
  const message = `The answers share ${Math.round(similarity * 100)} % of their phrases: check that the difference is what matters.`;
  return [{ kind: 'near_duplicate', severity: 'warning', similarity, message }];
}

function againstKnown(pair: PairTexts, known: readonly KnownPair[]): PairFinding[] {
  const [chosen, rejected] = [answerKey(pair.chosen_response), answerKey(pair.rejected_response)];
  return known.flatMap((other): PairFinding[] => {
    const [better, worse] = [answerKey(other.chosen_response), answerKey(other.rejected_response)];
    if (better === chosen && worse === rejected) {
      const message = 'This pair is there already.';
      return [{ kind: 'duplicate', severity: 'warning', pair_id: other.id, message }];
    }
    if (better !== rejected || worse !== chosen) return [];
    const message = 'Another pair on this question prefers the other answer.';
    return [{ kind: 'contradicts', severity: 'warning', pair_id: other.id, message }];
  });
}

function lengths({ chosen_response: chosen, rejected_response: rejected }: PairTexts): PairFinding[] {
  const [short, long] = [chosen.trim().length, rejected.trim().length].sort((a, b) => a - b);
  if (short === undefined || long === undefined || short === 0) return [];
  if (long < SHORT || long / short < MUCH_LONGER) return [];
  const ratio = chosen.trim().length / rejected.trim().length;
  const times = (long / short).toFixed(1);
  const message = `The ${ratio > 1 ? 'chosen' : 'rejected'} answer is ${times} times as long: a model may learn length from it.`;
  return [{ kind: 'length_ratio', severity: 'warning', ratio, message }];
}

function personal(pair: PairTexts): PairFinding[] {
  return fields.flatMap((field) => {
    const spans = findPii(pair[field]);
    const kinds = [...new Set(spans.map(({ kind }) => kind.replaceAll('_', ' ')))].join(', ');
    const message = `${field} has personal data (${kinds}); exports mask it unless told otherwise.`;
    return spans.length === 0 ? [] : [{ kind: 'pii', severity: 'info', field, spans, message }];
  });
}
