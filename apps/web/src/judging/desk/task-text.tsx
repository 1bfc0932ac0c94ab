import { SaidBefore } from '../../serve/said-before.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** What the responses answer, with what the judge should know beside it. */
export function TaskText({ query, context }: { query: string; context: string | null }) {
  const t = useText(text);
  return (
    <header className="shrink-0">
      <h1 className="max-h-40 overflow-y-auto whitespace-pre-wrap font-medium font-serif text-xl leading-snug [overflow-wrap:anywhere]">
        {query}
      </h1>
      {context !== null && (
        <details className="mt-2 text-sm">
          <summary className="w-fit cursor-pointer rounded-md font-medium text-soft">{t.context}</summary>
          <div className="mt-1 max-h-60 overflow-y-auto rounded-xl bg-sunken px-4 py-3">
            <SaidBefore context={context} />
          </div>
        </details>
      )}
    </header>
  );
}
