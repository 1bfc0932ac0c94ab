import { type DialogueTurn, joinedTurns } from './joined-turns.ts';
import { type Prompt, turnsOf } from './turn.ts';

interface BedrockText {
  text: string;
}

export interface BedrockConversation {
  schemaVersion: 'bedrock-conversation-2024';
  /** Left out when there is no system text. */
  system?: BedrockText[];
  messages: { role: DialogueTurn['role']; content: BedrockText[] }[];
}

/**
 * A row of Amazon Bedrock's conversation file (Amazon Nova user guide, "Preparing data for fine-tuning understanding
 * models").
 * @throws RangeError when the prompt does not start and end with the user
 */
export function bedrockConversation(row: { prompt: Prompt; completion: string }): BedrockConversation {
  const { system, conversation } = joinedTurns(turnsOf(row.prompt));
  const turns: DialogueTurn[] = [...conversation, { role: 'assistant', content: row.completion }];
  return {
    schemaVersion: 'bedrock-conversation-2024',
    ...(system === '' ? {} : { system: [{ text: system }] }),
    messages: turns.map(({ role, content }) => ({ role, content: [{ text: content }] })),
  };
}
