import type { UnitSums } from '@attune/core';
import { type RawBuilder, sql } from 'kysely';

/** Columns of one row a unit: its number of observations, their sum, and its covariate where there is one. */
export interface UnitColumns {
  readonly count: RawBuilder<number>;
  readonly total: RawBuilder<number>;
  /** From before the experiment, less its mean; 0 where unknown. */
  readonly covariate?: RawBuilder<number>;
}

/** Aggregates rows of units into their sums, as JSON; units without observations do not count. */
export function unitSums({ count, total, covariate = sql`0::float8` }: UnitColumns): RawBuilder<UnitSums> {
  const sum = (term: RawBuilder<unknown>) =>
    sql`coalesce(sum(${term}) FILTER (WHERE ${count} > 0), 0)::float8`;
  const [n, s, x] = [sql`${count}::float8`, sql`${total}::float8`, covariate];
  return sql<UnitSums>`jsonb_build_object(
    'units', count(*) FILTER (WHERE ${count} > 0),
    'count', ${sum(n)}, 'total', ${sum(s)},
    'count_squared', ${sum(sql`${n} * ${n}`)}, 'total_squared', ${sum(sql`${s} * ${s}`)},
    'total_by_count', ${sum(sql`${s} * ${n}`)},
    'covariate', ${sum(x)}, 'covariate_squared', ${sum(sql`${x} * ${x}`)},
    'covariate_by_total', ${sum(sql`${x} * ${s}`)}, 'covariate_by_count', ${sum(sql`${x} * ${n}`)})`;
}
