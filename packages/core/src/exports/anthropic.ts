import { joinedTurns } from './joined-turns.ts';
import { type Prompt, turnsOf } from './turn.ts';

const speakers = { user: 'Human', assistant: 'Assistant' } as const;

/**
 * A row in Anthropic's text form: system text, then alternating `\n\nHuman:` and `\n\nAssistant:` turns, the prompt
 * ending on `\n\nAssistant:` and the completion starting with a space (Anthropic, "Prompt validation").
 * @throws RangeError when the prompt does not start and end with the user
 */
export function anthropicText(row: { prompt: Prompt; completion: string }): {
  prompt: string;
  completion: string;
} {
  const { system, conversation } = joinedTurns(turnsOf(row.prompt));
  const turns = conversation.map(({ role, content }) => `\n\n${speakers[role]}: ${content}`);
  return { prompt: `${system}${turns.join('')}\n\nAssistant:`, completion: ` ${row.completion}` };
}
