import type { importDryRun, ResponseOf } from '@attune/contracts';
import { useFormats, useText } from '../../text/use-text.ts';
import { ScrolledCode } from '../scrolled-code.tsx';
import type { ReadFile } from './file-drop.tsx';
import { type RowWords, rowWords } from './row-words.ts';
import { text } from './text.ts';

const SHOWN = 3;

interface DryRunResultProps {
  dry: ResponseOf<typeof importDryRun>;
  faults: ReadFile['faults'];
  /** A newer result is on its way. */
  following: boolean;
}

/** What an import would take, and what it would not. */
export function DryRunResult({ dry, faults, following }: DryRunResultProps) {
  const t = useText(text);
  const { list } = useFormats();
  const unmapped = dry.needs.filter((field) => dry.mapping.fields[field] === undefined);
  const bad = faults.length + dry.errors.length;
  const errors = [
    ...faults.map(({ line, fault }) => ({ line, field: '', words: t.faults[fault] })),
    // Where a field stands nowhere, every row lacks it: that is said once.
    ...(unmapped.length === 0 ? dry.errors.map((error) => rowWords(t, dry.mapping.target, error)) : []),
  ].toSorted((a, b) => a.line - b.line);
  const facts = [
    t.dry.good(dry.good),
    ...(bad > 0 ? [t.dry.bad(bad)] : []),
    ...(dry.silent > 0 ? [t.dry.silent(dry.silent)] : []),
  ];
  return (
    <section
      aria-label={t.dry.title}
      aria-busy={following}
      className={`grid grid-cols-[minmax(0,1fr)] gap-3 ${following ? 'opacity-60' : ''}`}
    >
      <h2 className="eyebrow">{t.dry.title}</h2>
      <p aria-live="polite" className="font-medium tabular-nums">
        {facts.join(' · ')}
      </p>
      {unmapped.length > 0 && (
        <p className="rounded-xl bg-warn-wash px-5 py-3 text-sm">
          {t.dry.unmapped(list(unmapped.map((field) => t.fields[field])))}
        </p>
      )}
      {errors.length > 0 && <RowErrors title={t.dry.errors} errors={errors} />}
      {dry.first.length > 0 && (
        <section>
          <h3 className="eyebrow mb-1">{t.dry.first}</h3>
          <ScrolledCode
            label={t.dry.first}
            code={dry.first
              .slice(0, SHOWN)
              .map(({ data }) => JSON.stringify(data, null, 2))
              .join('\n')}
            className="card max-h-72 px-4 py-3"
          />
        </section>
      )}
    </section>
  );
}

const ERRORS_SHOWN = 20;

interface RowErrorsProps {
  title: string;
  errors: readonly RowWords[];
}

/** What is wrong with which line. */
export function RowErrors({ title, errors }: RowErrorsProps) {
  const t = useText(text).dry;
  return (
    <section className="rounded-xl bg-bad-wash px-5 py-4 text-sm">
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="grid gap-1">
        {errors.slice(0, ERRORS_SHOWN).map(({ line, field, words }) => (
          <li key={`${line} ${field} ${words}`}>
            <span className="font-medium tabular-nums">{t.line(line)}</span> {field !== '' && <q>{field}</q>}{' '}
            {words}
          </li>
        ))}
      </ul>
      {errors.length > ERRORS_SHOWN && (
        <p className="mt-1 text-soft">{t.more(errors.length - ERRORS_SHOWN)}</p>
      )}
    </section>
  );
}
