import type { DatasetCard, ValidationReport } from '@attune/contracts';

type Estimate = NonNullable<ValidationReport['alpha']>;

/** A data set's card as Markdown. Names and descriptions come from people: their marks are taken out of force. */
export function cardMarkdown(card: DatasetCard): string {
  const { report } = card;
  const sections = [
    `# ${plain(card.name)} v${card.version}`,
    plain(card.description),
    table([
      ['Type', card.dataset_type.replaceAll('_', ' ')],
      ['Samples', String(card.samples)],
      ['Pairs', String(card.pairs)],
      ['Quality score', card.quality_score === null ? '–' : card.quality_score.toFixed(2)],
      ['Curator', plain(card.curator ?? '–')],
      ['Created', `${card.created_at.slice(0, 10)} ${card.created_at.slice(11, 16)} UTC`],
      ['Content hash (SHA-256)', `\`${card.content_hash}\``],
      ['Made from', plain(card.made_from)],
    ]),
    '## Splits',
    table(
      Object.entries(report.splits).map(([side, { rows, queries }]) => [
        side,
        `${rows} rows, ${queries} queries`,
      ]),
    ),
    '## Figures',
    table([
      ['Considered, kept', `${report.considered}, ${report.kept}`],
      ['Good ratings (4 or 5)', estimate(report.good_share)],
      ['Agreement (Krippendorff’s alpha)', estimate(report.alpha)],
      ['Length with rating (Spearman)', estimate(report.length_bias?.rating)],
      ['Chosen answer is longer', estimate(report.length_bias?.chosen_longer)],
      ['Queries on both sides', String(report.leaking_queries)],
      ['Nearly the same queries on both sides', String(report.near_leaks?.count ?? '–')],
      ['Personal data found', String(report.pii?.found ?? '–')],
    ]),
    '## Limitations',
    card.limitations.length === 0
      ? 'None that the report can tell.'
      : card.limitations.map((note) => `- ${plain(note)}`).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

function estimate(value: Estimate | undefined): string {
  if (value === undefined || value.value === null || value.n === 0) return 'not enough data';
  const [low, high] = value.ci.map((bound) => (bound === null ? '?' : bound.toFixed(2)));
  return `${value.value.toFixed(2)} [${low}, ${high}], n = ${value.n}`;
}

function plain(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|!]/g, '\\$&');
}
