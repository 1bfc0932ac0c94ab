/** A message of a conversation as OpenAI's chat requests have it. */
export interface Message {
  readonly role: string;
  readonly content?: string | readonly { readonly text?: string | undefined }[] | null | undefined;
}

/** The text of a message: its string, or its text parts on lines of their own. */
export function messageText({ content }: Pick<Message, 'content'>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap(({ text }) => (text === undefined ? [] : [text])).join('\n');
}
