import type { Dataset } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { ModelText } from '../../serve/model-text.tsx';
import { api } from '../../shell/api.ts';
import { CopyButton } from '../../shell/parts/copy-button.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useLanguage, useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** The card of a frozen data set, to read, copy and download. */
export function CardTab({ dataset: { id, name, version } }: { dataset: Dataset }) {
  const t = useText(text).card;
  const language = useLanguage();
  const card = useQuery({
    queryKey: ['datasets', 'card', id, language],
    queryFn: ({ signal }) => api.getDatasetCard({ params: { id }, query: { language } }, { signal }),
  });
  if (card.isError) return <ErrorNotice error={card.error} onRetry={() => void card.refetch()} />;
  if (card.isPending) return <Loading what={t.what} />;
  const { markdown } = card.data;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap gap-2">
        <CopyButton value={markdown} />
        <a
          className="line-button"
          href={`data:text/markdown;charset=utf-8,${encodeURIComponent(markdown)}`}
          download={`${name}-v${version}.md`}
        >
          <Download aria-hidden className="size-4" /> {t.download}
        </a>
      </div>
      <article className="card px-6 py-5">
        <ModelText text={markdown} />
      </article>
    </div>
  );
}
