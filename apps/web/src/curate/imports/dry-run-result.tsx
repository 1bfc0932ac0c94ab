import type { importDryRun, ResponseOf } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { ScrolledCode } from '../scrolled-code.tsx';
import type { ReadFile } from './file-drop.tsx';
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
  const errors = [
    ...faults.map(({ line, fault }) => ({ line, param: '', message: t.faults[fault] })),
    ...dry.errors,
  ].toSorted((a, b) => a.line - b.line);
  const facts = [
    t.dry.good(dry.good),
    ...(errors.length > 0 ? [t.dry.bad(errors.length)] : []),
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
  errors: readonly { line: number; param: string; message: string }[];
}

/** What is wrong with which line. */
export function RowErrors({ title, errors }: RowErrorsProps) {
  const t = useText(text).dry;
  return (
    <section className="rounded-xl bg-bad-wash px-5 py-4 text-sm">
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="grid gap-1">
        {errors.slice(0, ERRORS_SHOWN).map(({ line, param, message }) => (
          <li key={`${line} ${param} ${message}`}>
            <span className="font-medium tabular-nums">{t.line(line)}</span>{' '}
            {param !== '' && <code>{param}</code>} {message}
          </li>
        ))}
      </ul>
      {errors.length > ERRORS_SHOWN && (
        <p className="mt-1 text-soft">{t.more(errors.length - ERRORS_SHOWN)}</p>
      )}
    </section>
  );
}
