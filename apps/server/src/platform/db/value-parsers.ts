import pg from 'pg';

const { builtins } = pg.types;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, Number],
  // A day has no time zone: as text it stays the day it is.
  [builtins.DATE, (text) => text],
]);

/**
 * How values arrive: bigint and numeric as numbers (a bigint beyond ±(2^53 − 1) is an error, never a wrong
 * number), timestamptz as Date, date as `YYYY-MM-DD`, json and jsonb parsed, the rest as the driver does it.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    return (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format);
  },
};
