import { z } from 'zod';

/** Kinds of personal data that are found and masked. */
export const PiiKind = z.enum([
  'email',
  'phone',
  'credit_card',
  'iban',
  'ip_address',
  'ssn',
  'national_id',
  'passport',
  'address',
  'person_name',
]);
export type PiiKind = z.infer<typeof PiiKind>;

/** Where personal data stands in a text; offsets in UTF-16 code units. */
export const PiiSpan = z.object({ start: z.number().int(), end: z.number().int(), kind: PiiKind });

/** How many pieces of personal data there are; never what they say. */
export const PiiReport = z.object({
  found: z.number().int(),
  /** Rows that have at least one. */
  rows: z.number().int(),
  by_kind: z.partialRecord(PiiKind, z.number().int()),
  by_field: z.record(z.string(), z.number().int()),
});
export type PiiReport = z.infer<typeof PiiReport>;
