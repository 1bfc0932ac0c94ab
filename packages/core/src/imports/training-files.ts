import { contextIn, questionIn } from './exchange.ts';
import { isRecord, type SourceRow } from './source-value.ts';

/** What was said before the question, where anything was. */
function before(prompt: unknown): SourceRow {
  const context = contextIn(prompt);
  return context === null ? {} : { context };
}

/** The last text of a turn list, or the text itself. */
function textOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const last: unknown = value.at(-1);
  return isRecord(last) ? last.content : undefined;
}

export function isOpenaiPreference(row: SourceRow): boolean {
  return 'preferred_output' in row && 'non_preferred_output' in row;
}

/** OpenAI's preference file (OpenAI, "Direct preference optimization"). */
export function fromOpenaiPreference(row: SourceRow): SourceRow[] {
  const { input, preferred_output, non_preferred_output } = row;
  return [
    {
      query: questionIn(input),
      ...before(input),
      chosen: textOf(preferred_output),
      rejected: textOf(non_preferred_output),
    },
  ];
}

export function isTrlPreference(row: SourceRow): boolean {
  return 'chosen' in row && 'rejected' in row;
}

/** TRL's preference rows, as text or as turns, with an explicit prompt or with one inside (TRL, "Dataset formats"). */
export function fromTrlPreference(row: SourceRow): SourceRow[] {
  const { chosen, rejected, prompt } = row;
  return [
    {
      ...row,
      query: questionIn(prompt ?? chosen),
      ...before(prompt ?? chosen),
      chosen: textOf(chosen),
      rejected: textOf(rejected),
    },
  ];
}

export function isTrlKto(row: SourceRow): boolean {
  return 'completion' in row && 'label' in row && 'prompt' in row;
}

/** TRL's unpaired preference rows: a completion and whether it is good. */
export function fromTrlKto({ prompt, completion, label, ...rest }: SourceRow): SourceRow[] {
  return [
    { ...rest, query: questionIn(prompt), ...before(prompt), response: textOf(completion), rating: label },
  ];
}

export function isOpenaiChat(row: SourceRow): boolean {
  return (
    Array.isArray(row.messages) &&
    row.messages.every((one) => isRecord(one) && 'role' in one && 'content' in one)
  );
}
