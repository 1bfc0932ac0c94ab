import type { ImportTarget } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { useText } from '../../text/use-text.ts';
import { RowErrors } from './dry-run-result.tsx';
import { rowWords } from './row-words.ts';
import { text } from './text.ts';
import type { ImportRun } from './use-import-run.ts';

interface ImportProgressProps {
  run: Exclude<ImportRun, { state: 'idle' }>;
  target: ImportTarget;
  onStop: () => void;
  onAgain: () => void;
}

/** How far an import is, and what became of the rows. */
export function ImportProgress({ run, target, onStop, onAgain }: ImportProgressProps) {
  const t = useText(text);
  const { state, sent, total, result } = run;
  const facts = [
    t.run.imported(result.imported),
    ...(result.already_there > 0 ? [t.run.there(result.already_there)] : []),
    ...(result.errors.length > 0 ? [t.run.refused(result.errors.length)] : []),
  ];
  const makesPairs = target === 'pairs' || target === 'corrections';
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {state !== 'running' && (
        <h2 className="font-medium font-serif text-xl" aria-live="polite">
          {t.run[state]}
        </h2>
      )}
      <div>
        <progress
          aria-label={t.title}
          value={sent}
          max={total}
          className="h-2 w-full overflow-hidden rounded-full accent-accent"
        />
        <p className="mt-1 text-soft text-sm tabular-nums">{t.run.progress(sent, total)}</p>
      </div>
      <p className="font-medium tabular-nums">{facts.join(' · ')}</p>
      {state === 'failed' && <ErrorNotice error={run.error} />}
      {result.errors.length > 0 && (
        <RowErrors title={t.dry.errors} errors={result.errors.map((error) => rowWords(t, target, error))} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        {state === 'running' && (
          <button type="button" className="line-button" onClick={onStop}>
            {t.run.stop}
          </button>
        )}
        {(state === 'stopped' || state === 'failed') && (
          <>
            <button type="button" className="main-button" onClick={onAgain}>
              {t.run.again}
            </button>
            <span className="text-soft text-sm">{t.run.safe}</span>
          </>
        )}
        {state === 'done' && (
          <Link to={makesPairs ? '/pairs' : '/feedback'} className="main-button">
            {makesPairs ? t.run.see.pairs : t.run.see.ratings}
          </Link>
        )}
      </div>
    </section>
  );
}
