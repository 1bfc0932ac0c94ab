import type { Turn } from './turn.ts';

/** A turn of the conversation proper. */
export interface DialogueTurn {
  role: 'user' | 'assistant';
  content: string;
}

/**
 * System text apart from the conversation, and the conversation in strictly alternating turns, starting with the user
 * and ending with the user: the form that Anthropic's and Bedrock's files ask for. Neighbouring turns of one role are
 * joined by an empty line.
 * @throws RangeError when the prompt does not start and end with the user
 */
export function joinedTurns(turns: readonly Turn[]): { system: string; conversation: DialogueTurn[] } {
  const system: string[] = [];
  const conversation: DialogueTurn[] = [];
  for (const { role, content } of turns) {
    const last = conversation.at(-1);
    if (role === 'system') system.push(content);
    else if (last?.role === role) last.content += `\n\n${content}`;
    else conversation.push({ role, content });
  }
  if (conversation[0]?.role !== 'user' || conversation.at(-1)?.role !== 'user') {
    throw new RangeError('a prompt starts and ends with the user');
  }
  return { system: system.join('\n\n'), conversation };
}
