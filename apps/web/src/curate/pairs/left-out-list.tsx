import { useFormats, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface LeftOutListProps {
  title: string;
  rows: readonly { reason: string; count: number; examples: readonly string[] }[];
}

/** How many were left out for which reason, with examples. */
export function LeftOutList({ title, rows }: LeftOutListProps) {
  const words = new Map<string, string>(Object.entries(useText(text).reasons));
  const { count } = useFormats();
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="eyebrow">{title}</h3>
      <ul className="mt-1 divide-y divide-line text-sm">
        {rows.map((row) => (
          <li key={row.reason}>
            <details className="py-1.5">
              <summary className="cursor-pointer">
                <span className="font-medium tabular-nums">{count(row.count)}</span>{' '}
                {words.get(row.reason) ?? row.reason}
              </summary>
              <ul className="mt-1 list-disc pl-6 text-soft text-xs">
                {row.examples.map((example) => (
                  <li key={example}>{example}</li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
