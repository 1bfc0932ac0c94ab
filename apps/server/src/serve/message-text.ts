import type { ChatMessage } from '@attune/contracts';

/** The text of a message: its string, or its text parts on lines of their own. */
export function messageText({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
}

/** Whether a message holds anything but text, as an image. */
export function hasOtherThanText({ content }: ChatMessage): boolean {
  return Array.isArray(content) && content.some(({ type }) => type !== 'text');
}
