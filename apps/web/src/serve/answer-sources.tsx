import type { Source } from '@attune/contracts';
import { useText } from '../text/use-text.ts';
import { MarkedLink } from './model-text/marked-link.tsx';
import { text } from './text.ts';

/** What an answer rests on. */
export function AnswerSources({ sources }: { sources: readonly Source[] }) {
  const t = useText(text).did;
  if (sources.length === 0) return null;
  return (
    <section aria-label={t.sources}>
      <h3 className="eyebrow mb-2">{t.sources}</h3>
      <ul className="list-disc space-y-1 pl-5 text-sm marker:text-faint">
        {sources.map(({ document_id, title, url }) => (
          <li key={document_id}>
            {url === null ? (
              title
            ) : (
              <span className="text-accent underline underline-offset-2">
                <MarkedLink address={url}>{title === '' ? url : title}</MarkedLink>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
