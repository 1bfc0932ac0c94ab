import type { FieldSource, ImportField, ImportMapping, ImportTarget } from '@attune/contracts';

/** Fields that a target has a use for; which of them it needs says the dry run. */
export const targetFields: Readonly<Record<ImportTarget, readonly ImportField[]>> = {
  ratings: ['query', 'context', 'response', 'rating', 'comment', 'user_id', 'created_at'],
  pairs: ['query', 'context', 'chosen', 'rejected', 'strength', 'user_id'],
  conversations: ['messages', 'rating', 'user_id', 'session_id'],
  corrections: ['query', 'context', 'response', 'correction'],
};

/** Fields whose values are numbers, on a scale of the tool's own. */
export const scaled: readonly ImportField[] = ['rating', 'strength'];

/** A mapping with one field from another place; null takes the field away. */
export function withField(
  mapping: ImportMapping,
  field: ImportField,
  source: FieldSource | null,
): ImportMapping {
  const { [field]: _, ...others } = mapping.fields;
  return { ...mapping, fields: source === null ? others : { ...others, [field]: source } };
}

/** Labels as they are typed: `good = 5, bad = 1`; what is no number is left out. */
export function labelsOf(typed: string): Record<string, number> | undefined {
  const entries = typed.split(',').flatMap((part) => {
    const [label, value] = part.split('=').map((word) => word.trim());
    const number = Number(value);
    return label === undefined || label === '' || value === undefined || value === '' || Number.isNaN(number)
      ? []
      : [[label, number] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

export function typedLabels(labels: Readonly<Record<string, number>> = {}): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label} = ${value}`)
    .join(', ');
}

/** A scale as it is typed: `1–10`; undefined when it is none. */
export function scaleOf(typed: string): FieldSource['scale'] {
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|to|…|\.\.)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(typed);
  if (found === null) return undefined;
  const [lowest, highest] = [Number(found[1]), Number(found[2])];
  return lowest < highest ? { lowest, highest } : undefined;
}

export function typedScale(scale: FieldSource['scale']): string {
  return scale === undefined ? '' : `${scale.lowest}–${scale.highest}`;
}
