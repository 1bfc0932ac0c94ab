/** What the plain recipe embeds. */
export function plainText(prompt: string, response: string): string {
  return `${prompt} </s> ${response}`;
}
