/** How far people agree, and what of personal data is found. */
import type { agreement, CorpusAgreement } from '../agreement.ts';
import type { PiiFigures, PiiOnTexts, PiiResult } from '../pii.ts';
import { shown, table } from './table.ts';

export function agreementText({ corpora, left_out }: Awaited<ReturnType<typeof agreement>>): string {
  const paired = corpora.filter(({ kappa }) => kappa !== null);
  return [
    `In brackets 95 % intervals from a bootstrap over clusters: the answers to one question, or else the rated thing.
Alike is the share of pairs of ratings of one thing that are the same.`,
    table(
      ['', 'things', 'ratings', 'clusters', 'alike', 'α nominal', 'α ordinal', 'α interval'],
      corpora.map(alphas),
    ),
    `Cohen's kappa where everything has two ratings. These corpora do not say who rated, so that it is of the first rating
and the second, not of two people:`,
    table(['', 'things', 'κ', 'κ, squared differences'], paired.map(kappas)),
    ...left_out.map((reason) => `Left out: ${reason}.`),
  ].join('\n\n');
}

function alphas({ corpus, units, ratings, percent, alpha }: CorpusAgreement) {
  const levels = [alpha.nominal, alpha.ordinal, alpha.interval].map((estimate) => shown(estimate));
  return [corpus, units, ratings, percent.n, shown(percent), ...levels];
}

function kappas({ corpus, units, kappa }: CorpusAgreement) {
  return [corpus, units, shown(kappa?.plain), shown(kappa?.quadratic)];
}

export function piiText({ sets, left_out }: PiiResult): string {
  return [
    `Recall: marked pieces all of which would be masked. Precision: finds that touch marked data of any kind. In brackets
95 % intervals that take each cluster (texts of one template) for one trial. Our own sentences are by the same hand as the rules: the
others, by other hands, say more. Their names and addresses stand mostly without a cue, and in many countries' forms.`,
    ...sets.map(setText),
    ...left_out.map((reason) => `Left out: ${reason}.`),
  ].join('\n\n');
}

function setText({ name, texts, without_any, figures }: PiiOnTexts): string {
  const heading = ['', 'pieces', 'clusters', 'recall', 'finds', 'precision'];
  return `${name}: ${texts.toLocaleString('en')} texts, ${without_any} of them without any personal data.

${table(heading, figures.map(figuresRow))}`;
}

function figuresRow({ kind, pieces, recall, finds, precision }: PiiFigures) {
  return [
    kind.replaceAll('_', ' '),
    pieces,
    recall.n,
    pieces === 0 ? '–' : shown(recall),
    finds,
    finds === 0 ? '–' : shown(precision),
  ];
}
