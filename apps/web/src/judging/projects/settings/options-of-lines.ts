import type { JudgingOption } from '@attune/contracts';

const LONGEST_KEY = 50;

/** A key made of a title: lower-case letters, digits and hyphens. */
export function keyOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_KEY)
    .replace(/-+$/, '');
  return plain === '' ? 'option' : plain;
}

/** A key that is not taken yet. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const key = `${wanted.slice(0, LONGEST_KEY - 4)}-${number}`;
    if (!taken.has(key)) return key;
  }
}

/** Options written one on each line. One whose title stayed keeps its key and description. */
export function optionsOfLines(lines: string, before: readonly JudgingOption[]): JudgingOption[] {
  const titles = lines.split('\n').map((line) => line.trim());
  const kept = new Map(before.map((option) => [option.title, option]));
  const taken = new Set<string>();
  return titles
    .filter((title) => title !== '')
    .map((title) => {
      const known = kept.get(title);
      const key = freeKey(known?.key ?? keyOf(title), taken);
      taken.add(key);
      return { ...known, key, title };
    });
}
