import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { PairEditor } from './pair-editor.tsx';
import { pairQuery } from './pair-query.ts';
import { text } from './text.ts';

/** One pair, to read or to change. */
export function PairPage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/pairs/$id' });
  const pair = useQuery(pairQuery(id));
  const curates = mayAct(useMe().role, 'curator');
  return (
    <PageBody>
      {pair.isError && <ErrorNotice error={pair.error} onRetry={() => void pair.refetch()} />}
      {pair.isPending && <Loading what={t.what} lines={4} />}
      {pair.isSuccess && (
        <PairEditor key={id} pair={pair.data} readOnly={!curates || pair.data.dataset_id !== null} />
      )}
    </PageBody>
  );
}
