import { joinedTurns } from '../exports/joined-turns.ts';
import { turnsInContext } from './earlier-turns.ts';

/**
 * What was said up to a question, as texts of user and assistant by turns: the user's first, the question last, so that
 * their number is odd. An answer whose question was cut off is left out; texts of one side in a row are one. Null for a
 * context that is no conversation.
 */
export function alternatingTexts(context: string, query: string): string[] | null {
  const turns = turnsInContext(context);
  if (turns === null) return context === '' ? [query] : null;
  const first = turns.findIndex(({ role }) => role === 'user');
  const whole = first === -1 ? [] : turns.slice(first);
  const { conversation } = joinedTurns([...whole, { role: 'user', content: query }]);
  return conversation.map(({ content }) => content);
}
