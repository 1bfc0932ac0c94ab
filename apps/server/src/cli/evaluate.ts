import { type Evaluation, PairRow, RatingRow } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import type { z } from 'zod';
import { UsageError } from './failure.ts';
import { readRows } from './read-rows.ts';

interface Request {
  model: string;
  ratings?: string | undefined;
  pairs?: string | undefined;
}

/** Measures a model on one file. A row that cannot be used stops it: a measurement on part of a file misleads. */
export async function evaluate(client: AttuneClient, request: Request): Promise<Evaluation> {
  if ((request.ratings === undefined) === (request.pairs === undefined)) {
    throw new UsageError(
      'Name one file: --ratings FILE or --pairs FILE.',
      '`attune evaluate --help` shows how.',
    );
  }
  const { model } = request;
  const body =
    request.ratings === undefined
      ? { model, pairs: await rowsOf(request.pairs ?? '', PairRow) }
      : { model, ratings: await rowsOf(request.ratings, RatingRow) };
  return client.evaluateModel({ body });
}

/** How many rows did not count, as their query was in the model's training data. */
export function leftOutText(excluded: number): string {
  return excluded === 0 ? '' : `; ${excluded} rows left out, whose query it was trained on`;
}

async function rowsOf<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema>[]> {
  const rows: z.output<Schema>[] = [];
  for await (const row of readRows(file)) {
    if ('message' in row)
      throw new UsageError(`${file}, line ${row.line}: ${row.message}`, 'Correct the row.');
    const parsed = schema.safeParse(row.data);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.') ?? '';
      throw new UsageError(`${file}, line ${row.line}: ${field}: ${issue?.message}`, 'Correct the row.');
    }
    rows.push(parsed.data);
  }
  return rows;
}
