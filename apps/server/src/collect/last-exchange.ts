import { ChatMessage } from '@attune/contracts';
import { z } from 'zod';

/** The last question of a conversation with its answer. */
export interface Exchange {
  readonly query: string;
  readonly response: string;
  /** The turns before the answer, the question among them. */
  readonly context: ChatMessage[];
}

interface Message {
  readonly role: string;
  readonly content: string;
}

const Turns = z.array(ChatMessage);

/**
 * The last assistant turn of a conversation and what led to it; turns after it are left out.
 * @returns a sentence instead where the conversation has no question with an answer
 */
export function lastExchange(messages: readonly Message[]): Exchange | string {
  const answerAt = messages.findLastIndex(({ role }) => role === 'assistant');
  const before = messages.slice(0, Math.max(answerAt, 0));
  const question = before.findLast(({ role }) => role === 'user');
  const answer = messages[answerAt];
  if (answer === undefined || question === undefined) return 'No user turn followed by an assistant turn.';
  if (answer.content === '' || question.content === '') return 'The question or the answer is empty.';
  const context = Turns.safeParse(before);
  if (!context.success) return `Unknown role; known are ${ChatMessage.shape.role.options.join(', ')}.`;
  return { query: question.content, response: answer.content, context: context.data };
}
