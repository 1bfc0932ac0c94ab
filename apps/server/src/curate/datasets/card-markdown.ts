import type { DatasetCard, ValidationReport } from '@attune/contracts';
import type { CardWords } from './card-words.ts';

type Estimate = NonNullable<ValidationReport['alpha']>;

/** A data set's card as Markdown. Names and descriptions come from people: their marks are taken out of force. */
export function cardMarkdown(card: DatasetCard, words: CardWords): string {
  const { report } = card;
  const estimate = (value: Estimate | undefined) => estimateIn(value, words);
  const sections = [
    `# ${plain(card.name)} v${card.version}`,
    plain(card.description),
    table([
      [words.type, card.dataset_type.replaceAll('_', ' ')],
      [words.samples, String(card.samples)],
      [words.pairs, String(card.pairs)],
      [words.quality, card.quality_score === null ? '–' : card.quality_score.toFixed(2)],
      [words.curator, plain(card.curator ?? '–')],
      [words.created, `${card.created_at.slice(0, 10)} ${card.created_at.slice(11, 16)} UTC`],
      [words.hash, `\`${card.content_hash}\``],
      [words.madeFrom, plain(card.made_from)],
    ]),
    `## ${words.splits}`,
    table(
      Object.entries(report.splits).map(([side, { rows, queries }]) => [
        words.sides[side] ?? side,
        words.split(rows, queries),
      ]),
    ),
    `## ${words.figures}`,
    table([
      [words.kept, `${report.considered}, ${report.kept}`],
      [words.good, estimate(report.good_share)],
      [words.alpha, estimate(report.alpha)],
      [words.length, estimate(report.length_bias?.rating)],
      [words.longer, estimate(report.length_bias?.chosen_longer)],
      [words.leaks, String(report.leaking_queries)],
      [words.nearLeaks, String(report.near_leaks?.count ?? '–')],
      [words.pii, String(report.pii?.found ?? '–')],
    ]),
    `## ${words.limitations}`,
    card.limitations.length === 0
      ? words.noLimitations
      : card.limitations.map((note) => `- ${plain(note)}`).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function estimateIn(value: Estimate | undefined, { notEnough }: CardWords): string {
  if (value === undefined || value.value === null || value.n === 0) return notEnough;
  const [low, high] = value.ci.map((bound) => (bound === null ? '?' : bound.toFixed(2)));
  return `${value.value.toFixed(2)} [${low}, ${high}], n = ${value.n}`;
}

function plain(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!]/g, '\\$&');
}
