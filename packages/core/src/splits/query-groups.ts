import { turnsInContext } from '../conversation/earlier-turns.ts';
import { queryKey } from '../query-key.ts';
import { words } from '../words.ts';
import { connectedParts } from './connected-parts.ts';
import type { SplitRow } from './split-row.ts';

/** Rows that always stay together. */
export interface QueryGroup<T> {
  rows: T[];
}

/** Fewer words are a greeting or a thank-you, which conversations have in common that have nothing to do with each other. */
const FEWEST_WORDS = 3;

/**
 * Rows in groups, in order of appearance: rows of one query (by {@link queryKey}, whatever was said before it) are in
 * one group, and so are the turns of one conversation, which share what was said.
 */
export function queryGroups<T extends SplitRow>(rows: readonly T[]): QueryGroup<T>[] {
  return connectedParts(rows, groupKeys);
}

/** What a row shares with the others of its group: its query, and what its conversation began with. */
export function groupKeys(row: SplitRow): string[] {
  const [query, beginning] = [queryKey(row.query), queryKey(firstQuestion(row))];
  return query === beginning ? [query] : [query, beginning];
}

/**
 * What a conversation is known by: the first thing that its user said in three words or more. Of a conversation that was
 * too long to be kept whole it is the first that was kept.
 */
function firstQuestion({ query, context }: SplitRow): string {
  if (!context) return query;
  const turns = turnsInContext(context);
  if (turns === null) return context;
  const asked = turns.filter(({ role }) => role === 'user').map(({ content }) => content);
  return asked.find((text) => words(text).length >= FEWEST_WORDS) ?? query;
}
