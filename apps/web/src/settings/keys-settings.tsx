import type { ApiKey } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { Ago } from '../shell/parts/ago.tsx';
import { type Column, DataTable } from '../shell/parts/data-table.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { text as shellText } from '../shell/text.ts';
import { useFormats, useText } from '../text/use-text.ts';
import { CreateKey } from './create-key.tsx';
import { keysQuery } from './keys-query.ts';
import { RevokeKey } from './revoke-key.tsx';
import { text } from './text.ts';

/** The keys that programs use. */
export function KeysSettings() {
  const t = useText(text).keys;
  const keys = useInfiniteQuery(keysQuery);
  if (keys.isError) return <ErrorNotice error={keys.error} onRetry={() => keys.refetch()} />;
  if (keys.isPending) return <Loading what={t.what} />;
  const items = keys.data.pages.flatMap((page) => page.items);
  return (
    <div className="grid gap-4">
      <div className="flex justify-end">
        <CreateKey />
      </div>
      {items.length === 0 ? (
        <Empty icon={KeyRound} title={t.none}>
          {t.noneAbout}
        </Empty>
      ) : (
        <KeyTable keys={items} />
      )}
      <ShowMore list={keys} />
    </div>
  );
}

function KeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const t = useText(text).keys;
  const { roles } = useText(shellText);
  const { day } = useFormats();
  const columns: Column<ApiKey>[] = [
    { key: 'name', label: t.name, cell: ({ name }) => <span className="font-medium">{name}</span> },
    { key: 'begins', label: t.begins, cell: ({ prefix }) => <code className="text-xs">{prefix}…</code> },
    { key: 'role', label: t.role, cell: ({ role }) => roles[role] },
    {
      key: 'scopes',
      label: t.scopes,
      cell: ({ scopes }) => (scopes.length === 0 ? t.allScopes : scopes.join(', ')),
    },
    { key: 'created', label: t.created, cell: ({ created_at }) => <Ago at={created_at} /> },
    {
      key: 'used',
      label: t.used,
      cell: ({ last_used_at }) => (last_used_at === null ? t.never : <Ago at={last_used_at} />),
    },
    {
      key: 'expires',
      label: t.expires,
      cell: ({ expires_at }) => (expires_at === null ? t.lifetimes.never : day(expires_at)),
    },
    { key: 'actions', label: t.actions, hiddenLabel: true, cell: (key) => <RevokeKey apiKey={key} /> },
  ];
  return <DataTable label={t.list} columns={columns} rows={keys} rowKey={({ id }) => id} />;
}
