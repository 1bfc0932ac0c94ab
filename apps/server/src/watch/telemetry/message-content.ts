import type { ChatMessage } from '@attune/contracts';

/** A conversation as JSON, in the form of `gen_ai.input.messages`: what is no text is named, not told. */
export function inputMessages(messages: readonly ChatMessage[]): string {
  return JSON.stringify(messages.map(({ role, content }) => ({ role, parts: partsOf(content) })));
}

/** An answer as JSON, in the form of `gen_ai.output.messages`. */
export function outputMessages(text: string): string {
  return JSON.stringify([{ role: 'assistant', parts: partsOf(text) }]);
}

function partsOf(content: ChatMessage['content']): object[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return (content ?? []).map(({ type, text }) => (type === 'text' ? { type, content: text } : { type }));
}
