import { z } from 'zod';

const Measure = z.object({
  value: z.number(),
  ci: z.tuple([z.number().nullable(), z.number().nullable()]),
  n: z.number(),
});
const Group = z.object({ group: z.string(), mae: Measure.optional(), pair_accuracy: Measure.optional() });

/** A measurement with its interval over questions. */
export type GroupMeasure = z.infer<typeof Measure>;
/** Held-out answers of one length, category or group of users, and how the model does on them. */
export type ErrorGroup = z.infer<typeof Group>;

const kinds = ['length', 'category', 'user_group'] as const;

/** What groups are formed by, and the groups. */
export interface ErrorTable {
  readonly by: (typeof kinds)[number];
  readonly groups: readonly ErrorGroup[];
}

/** The tables of errors in a run's report; none where it has none. */
export function errorTables(report: Readonly<Record<string, unknown>>): ErrorTable[] {
  const found = z.partialRecord(z.enum(kinds), z.array(Group)).safeParse(report.errors);
  if (!found.success) return [];
  return kinds.flatMap((by) => {
    const groups = found.data[by] ?? [];
    return groups.length === 0 ? [] : [{ by, groups }];
  });
}
