/** One message of a conversation, its content plain text. */
export interface Turn {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** A prompt: the turns before the answer, or a question alone. */
export type Prompt = string | readonly Turn[];

/** The prompt as turns; a question alone is one user turn. */
export function turnsOf(prompt: Prompt): Turn[] {
  return typeof prompt === 'string'
    ? [{ role: 'user', content: prompt }]
    : prompt.map(({ role, content }) => ({ role, content }));
}

/** An answer as the assistant's turn. */
export function answerTurn(content: string): Turn {
  return { role: 'assistant', content };
}
