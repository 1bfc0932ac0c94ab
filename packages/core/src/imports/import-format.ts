import { fromArgilla, isArgilla } from './argilla.ts';
import { fromLabelStudio, isLabelStudio } from './label-studio.ts';
import type { SourceRow } from './source-value.ts';
import { fromLangfuse, fromLangSmith, isLangfuse, isLangSmith } from './traces.ts';
import {
  fromOpenaiPreference,
  fromTrlKto,
  fromTrlPreference,
  isOpenaiChat,
  isOpenaiPreference,
  isTrlKto,
  isTrlPreference,
} from './training-files.ts';

/** How a tool's rows are told apart, and laid out flat: one row for each person's say. */
interface Reader {
  readonly recognises: (row: SourceRow) => boolean;
  readonly flat: (row: SourceRow) => SourceRow[];
}

const asItIs = (row: SourceRow) => [row];

/** In the order in which they are asked: the most telling marks first. */
const readers = {
  label_studio: { recognises: isLabelStudio, flat: fromLabelStudio },
  argilla: { recognises: isArgilla, flat: fromArgilla },
  langsmith: { recognises: isLangSmith, flat: fromLangSmith },
  langfuse: { recognises: isLangfuse, flat: fromLangfuse },
  openai_preference: { recognises: isOpenaiPreference, flat: fromOpenaiPreference },
  trl_preference: { recognises: isTrlPreference, flat: fromTrlPreference },
  trl_kto: { recognises: isTrlKto, flat: fromTrlKto },
  openai_chat: { recognises: isOpenaiChat, flat: asItIs },
  plain: { recognises: () => true, flat: asItIs },
} as const satisfies Record<string, Reader>;

export type ImportFormat = keyof typeof readers;

const formats: readonly ImportFormat[] = [
  'label_studio',
  'argilla',
  'langsmith',
  'langfuse',
  'openai_preference',
  'trl_preference',
  'trl_kto',
  'openai_chat',
  'plain',
];

/** The format that most rows have; `plain` when none stands out. */
export function detectFormat(rows: readonly SourceRow[]): ImportFormat {
  return (
    formats.find((format) => rows.filter(readers[format].recognises).length * 2 > rows.length) ?? 'plain'
  );
}

/** A source row laid out flat: none where nobody said anything, several where several people did. */
export function flatRows(format: ImportFormat, row: SourceRow): SourceRow[] {
  return readers[format].flat(row);
}
