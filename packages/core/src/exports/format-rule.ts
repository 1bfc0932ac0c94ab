/** A documented rule of who reads a format. */
export interface FormatRule<Row> {
  readonly rule: string;
  /** A violation is refused by the reader; a warning is taken, but unwise. */
  readonly level: 'violation' | 'warning';
  readonly message: string;
  /** Name of the document that states the rule. */
  readonly source: string;
  /** Whether a row breaks it, or all rows together. */
  readonly broken: { by: 'row'; is(row: Row): boolean } | { by: 'file'; is(rows: readonly Row[]): boolean };
}

/** A rule that is broken: by how many rows, and where the first of them stand. */
export interface FormatFinding {
  rule: string;
  level: 'violation' | 'warning';
  message: string;
  /** 0 where it is about the file as a whole. */
  count: number;
  /** Lines, from 1. */
  lines: number[];
  source: string;
}

const LINES_NAMED = 10;

/** The rules that rows break, violations first. */
export function brokenRules<Row>(rules: readonly FormatRule<Row>[], rows: readonly Row[]): FormatFinding[] {
  const found = rules.flatMap(({ broken, ...rule }): FormatFinding[] => {
    if (broken.by === 'file') return broken.is(rows) ? [{ ...rule, count: 0, lines: [] }] : [];
    const lines = rows.flatMap((row, index) => (broken.is(row) ? [index + 1] : []));
    return lines.length === 0 ? [] : [{ ...rule, count: lines.length, lines: lines.slice(0, LINES_NAMED) }];
  });
  return [
    ...found.filter(({ level }) => level === 'violation'),
    ...found.filter(({ level }) => level === 'warning'),
  ];
}

/** A rule that fewer rows than `least` break. */
export function atLeastRows<Row>(
  least: number,
  rule: Pick<FormatRule<Row>, 'level' | 'source'>,
): FormatRule<Row> {
  return {
    ...rule,
    rule: `at_least_${least}_rows`,
    message: `${rule.level === 'violation' ? 'At least' : 'Recommended are at least'} ${least} examples.`,
    broken: { by: 'file', is: (rows) => rows.length < least },
  };
}
