import {
  AttuneError,
  type DatasetCard,
  type getDatasetCard,
  type ResponseOf,
  type ValidationReport,
} from '@attune/contracts';
import type { Curate } from '../curate.ts';
import { cardMarkdown } from './card-markdown.ts';
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
): Promise<ResponseOf<typeof getDatasetCard>> {
  const card = cardOf(await findDataset(curate, organization, idOrName));
  return { card, markdown: cardMarkdown(card) };
}

function cardOf(row: DatasetRow): DatasetCard {
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
    made_from: madeFrom(row),
    samples: row.sample_count,
    pairs: row.pair_count,
    quality_score: row.quality_score,
    report,
    limitations: limitations(report),
  };
}

function madeFrom({ query }: DatasetRow): string {
  if (query === null) return 'feedback chosen by hand or by the preparation';
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
function limitations({ splits, length_bias, pii, near_leaks, alpha, dropped }: ValidationReport): string[] {
  const validation = splits.validation?.rows ?? 0;
  const longer = length_bias?.chosen_longer;
  const notes = [
    validation < FEW && `The validation side has ${validation} rows: expect wide intervals.`,
    longer?.ci[0] != null &&
      longer.ci[0] > 0.5 &&
      `Chosen answers are longer in ${percent(longer.value)} of the pairs (n = ${longer.n}): a model may learn length.`,
    (near_leaks?.count ?? 0) > 0 &&
      `${near_leaks?.count} queries of the validation side nearly stand in training too: figures on it will flatter.`,
    (pii?.found ?? 0) > 0 &&
      `${pii?.found} pieces of personal data in ${pii?.rows} rows; exports mask them unless told otherwise.`,
    alpha?.ci[1] != null &&
      alpha.ci[1] < 0.667 &&
      `People agree little about the answers (alpha ${alpha.value?.toFixed(2)}, n = ${alpha.n}).`,
    alpha?.n === 0 && 'No answer was rated by two people: how far they would agree is unknown.',
    dropped.length > 0 &&
      `Left out: ${dropped.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ')}.`,
  ];
  return notes.filter((note) => note !== false);
}

function percent(share: number | null): string {
  return share === null ? 'an unknown share' : `${Math.round(share * 100)} %`;
}
