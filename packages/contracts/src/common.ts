import { z } from 'zod';

/** UUIDv7 of a row. */
export const Id = z.uuid();
export const Timestamp = z.iso.datetime({ offset: true });
/** A probability or share. */
export const Share = z.number().min(0).max(1);
export const IdParams = z.object({ id: Id });

/** A statistic with its 95 % interval and the number of observations (or groups) behind it. */
export const EstimateSchema = z.object({
  value: z.number().nullable(),
  ci: z.tuple([z.number().nullable(), z.number().nullable()]),
  n: z.number().int().min(0),
});

/** Text of a question, answer or comment that a person or program sends. */
export const LongText = z.string().max(200_000);
export const ShortText = z.string().max(500);

/** Text that says something: blanks alone would be taken for an answer, a reason, a tag. */
export const WrittenText = (longest: number) =>
  z.string().min(1).max(longest).regex(/\S/, 'must not be blank');

/** One line of readable text: no control characters, which no name has and PostgreSQL partly refuses. */
export const PlainText = z
  .string()
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'must not contain control characters');

/** Query of every list: `cursor` is opaque and comes from the answer before. */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of a list; `next_cursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** A number that is exact up to a bound, and else the bound: "10,000 or more". */
export const Count = z.object({ value: z.number().int(), exact: z.boolean() });
export type Count = z.infer<typeof Count>;

export const Done = z.object({ ok: z.literal(true) });

export const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    type: z.string(),
    param: z.string().nullable(),
    hint: z.string(),
    request_id: z.string(),
    upstream: z.string().optional(),
    /** With a conflict: what was to be changed, as it is now. */
    current: z.unknown().optional(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
