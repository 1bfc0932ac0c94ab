/** Texts in which somebody marked the personal data. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PiiKind, piiKinds } from '@attune/core';
import { z } from 'zod';
import { corporaFolder } from '../rated-corpora.ts';

/** Offsets in UTF-16 code units, the end exclusive. */
export interface Label {
  readonly start: number;
  readonly end: number;
  /** Null for what the rules do not look for. */
  readonly kind: PiiKind | null;
}

export interface LabelledText {
  readonly text: string;
  readonly labels: readonly Label[];
  /** Texts of one cluster were made alike and depend on each other. */
  readonly cluster: string;
}

/** `pii-sentences.txt`, by the same hand as the rules. */
export async function ownSentences(): Promise<LabelledText[]> {
  const lines = (await readFile(new URL('../pii-sentences.txt', import.meta.url), 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(sentenceOf);
}

const marked = /\{(\w+)\|([^}]*)\}/g;

function sentenceOf(line: string): LabelledText {
  const labels: Label[] = [];
  let text = '';
  let at = 0;
  for (const match of line.matchAll(marked)) {
    text += line.slice(at, match.index);
    const [whole, name, content = ''] = match;
    const kind = piiKinds.find((one) => one === name);
    if (kind === undefined) throw new Error(`no kind ${name} in: ${line}`);
    labels.push({ start: text.length, end: text.length + content.length, kind });
    text += content;
    at = match.index + whole.length;
  }
  return { text: text + line.slice(at), labels, cluster: line };
}

const kindOf: Readonly<Record<string, PiiKind>> = {
  PERSON: 'person_name',
  STREET_ADDRESS: 'address',
  CREDIT_CARD: 'credit_card',
  PHONE_NUMBER: 'phone',
  EMAIL_ADDRESS: 'email',
  IBAN_CODE: 'iban',
  US_SSN: 'ssn',
  IP_ADDRESS: 'ip_address',
};

const Presidio = z.array(
  z.object({
    full_text: z.string(),
    template_id: z.number(),
    spans: z.array(
      z.object({ entity_type: z.string(), start_position: z.number(), end_position: z.number() }),
    ),
  }),
);

/** Synthetic texts of microsoft/presidio-research, by others' hands; null where they are not. */
export async function presidioTexts(): Promise<LabelledText[] | null> {
  const file = join(corporaFolder, 'presidio-pii/synth_dataset_v2.json');
  if (!existsSync(file)) return null;
  return Presidio.parse(JSON.parse(await readFile(file, 'utf8'))).map(
    ({ full_text, template_id, spans }) => ({
      text: full_text,
      cluster: String(template_id),
      labels: spans.map(({ entity_type, start_position: start, end_position: end }) => ({
        start,
        end,
        kind: kindOf[entity_type] ?? null,
      })),
    }),
  );
}
