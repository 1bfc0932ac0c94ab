/** A part of a model's reasoning. */
export interface ReasoningStep {
  /** Its beginning, to be shown in a list; at most 80 characters. */
  readonly title: string;
  readonly text: string;
}

const MOST_STEPS = 100;
const TITLE = 80;
/** A line that begins a step of its own: `1.`, `2)`, `Step 3:`, `## Heading`. */
const opening = /^(?:\d{1,3}[.)]\s|step\s+\d{1,3}\b|#{1,6}\s)/i;

/**
 * Splits reasoning at blank lines and before numbered lines and headings. What comes after the hundredth step belongs to
 * it, so that nothing is lost.
 */
export function reasoningSteps(reasoning: string): ReasoningStep[] {
  const parts: string[] = [];
  let begun = false;
  for (const line of reasoning.split(/\r\n|\r|\n/)) {
    const blank = line.trim() === '';
    const begins = !blank && (!begun || opening.test(line.trimStart()));
    if (begins && parts.length < MOST_STEPS) parts.push(line);
    else if (parts.length > 0) parts.push(`${parts.pop()}\n${line}`);
    begun = !blank;
  }
  return parts.map((part) => part.trim()).map((text) => ({ title: titleOf(text), text }));
}

function titleOf(text: string): string {
  const line = (text.split('\n', 1)[0] ?? '').replace(/^#{1,6}\s+|[*_`]/g, '').trim();
  const sentence = /^.*?[.!?。](?=\s|$)/.exec(line.slice(0, 2 * TITLE))?.[0] ?? line;
  const shown = /^\d{1,3}[.)]$/.test(sentence) ? line : sentence;
  if (shown.length <= TITLE) return shown;
  return `${shown
    .slice(0, TITLE - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`;
}
