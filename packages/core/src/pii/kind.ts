/** Kinds of personal data; of two that claim the same characters, the earlier wins. */
export const piiKinds = [
  'email',
  'iban',
  'credit_card',
  'ssn',
  'national_id',
  'passport',
  'phone',
  'ip_address',
  'address',
  'person_name',
] as const;
export type PiiKind = (typeof piiKinds)[number];

/** Where personal data stands in a text; offsets in UTF-16 code units, the end exclusive. */
export interface PiiSpan {
  start: number;
  end: number;
  kind: PiiKind;
}

/** Part of a text that a detector is sure about. */
export interface Found {
  start: number;
  end: number;
}

/**
 * Finds one kind. Time must be linear in the text: patterns repeat at most a fixed number of times, so that each
 * position costs a bounded number of steps.
 */
export type Detector = (text: string) => Found[];
