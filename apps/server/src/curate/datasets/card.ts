import {
  AttuneError,
  type CardLanguage,
  type DatasetCard,
  type getDatasetCard,
  type ResponseOf,
  type ValidationReport,
} from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { cardMarkdown } from './card-markdown.ts';
import { type CardWords, cardWords } from './card-words.ts';
import type { DatasetRow } from './dataset-store.ts';
import { findDataset } from './datasets.ts';

/**
 * The card of a frozen data set.
 * @throws AttuneError `dataset_not_found` or `dataset_not_ready`
 */
export async function datasetCard(
  curate: Curate,
  organization: string,
  idOrName: string,
  language: CardLanguage = 'en',
): Promise<ResponseOf<typeof getDatasetCard>> {
  const words = cardWords[language];
  const card = cardOf(await findDataset(curate, organization, idOrName), words);
  return { card, markdown: cardMarkdown(card, words) };
}

function cardOf(row: DatasetRow, words: CardWords): DatasetCard {
  const { report, content_hash } = row;
  if (report === null || content_hash === null) throw new AttuneError('dataset_not_ready');
  return {
    name: row.name,
    version: row.version,
    dataset_type: row.dataset_type,
    description: row.description,
    content_hash,
    curator: row.curator_email,
    created_at: row.created_at.toISOString(),
    made_from: madeFrom(row, words),
    samples: row.sample_count,
    pairs: row.pair_count,
    quality_score: row.quality_score,
    report,
    limitations: limitations(report, words),
  };
}

function madeFrom({ query }: DatasetRow, { byHand }: CardWords): string {
  if (query === null) return byHand;
  const said = Object.entries(query).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return said.map(([name, value]) => `${name.replaceAll('_', ' ')}: ${inWords(value)}`).join('; ');
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = Object.entries(value).filter(([, part]) => !(Array.isArray(part) && part.length === 0));
  return parts.map(([name, part]) => `${name.replaceAll('_', ' ')} ${inWords(part)}`).join(', ');
}

/** Rows below which figures of a validation set hardly say anything. */
const FEW = 100;

/** What whoever trains on it should know, as far as the report can tell. */
function limitations(report: ValidationReport, { notes: say, unknownShare }: CardWords): string[] {
  const { splits, length_bias, pii, near_leaks, later_turns = 0, alpha, dropped } = report;
  const validation = splits.validation?.rows ?? 0;
  const longer = length_bias?.chosen_longer;
  const notes = [
    validation < FEW && say.few(validation),
    longer?.ci[0] != null &&
      longer.ci[0] > 0.5 &&
      say.longer(longer.value === null ? unknownShare : percent(longer.value), longer.n),
    near_leaks !== undefined && near_leaks.count > 0 && say.nearLeaks(near_leaks.count),
    later_turns > 0 && say.laterTurns(later_turns),
    pii !== undefined && pii.found > 0 && say.pii(pii.found, pii.rows),
    alpha?.ci[1] != null && alpha.ci[1] < 0.667 && say.alpha(alpha.value?.toFixed(2) ?? '–', alpha.n),
    alpha?.n === 0 && say.noAlpha,
    dropped.length > 0 &&
      say.dropped(dropped.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ')),
  ];
  return notes.filter((note) => note !== false);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
