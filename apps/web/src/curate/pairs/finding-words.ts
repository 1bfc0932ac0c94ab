import type { PairFinding } from '@attune/contracts';
import type { text } from './text.ts';

type Words = Pick<(typeof text)['en'], 'checks' | 'pii'>;

/** A finding as people read it. */
export function findingWords(finding: PairFinding, { checks, pii }: Words): string {
  switch (finding.kind) {
    case 'empty':
      return capital(checks.empty(checks.fields[finding.field]));
    case 'identical':
      return checks.identical;
    case 'near_duplicate':
      return checks.nearDuplicate(finding.similarity);
    case 'length_ratio':
      return finding.ratio >= 1 ? checks.longer(finding.ratio) : checks.shorter(1 / finding.ratio);
    case 'pii': {
      const kinds = new Set(finding.spans.map(({ kind }) => pii[kind]));
      return checks.pii(checks.fields[finding.field], [...kinds].join(', '));
    }
    case 'contradicts':
      return checks.contradicts;
    case 'duplicate':
      return checks.duplicate;
  }
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
