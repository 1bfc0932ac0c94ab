import type { ChatMessage } from '@attune/contracts';

/** Whether a message holds anything but text, as an image. */
export function hasOtherThanText({ content }: ChatMessage): boolean {
  return Array.isArray(content) && content.some(({ type }) => type !== 'text');
}
