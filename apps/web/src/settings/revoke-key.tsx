import type { ApiKey } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { Confirm } from '../shell/parts/confirm.tsx';
import { useText } from '../text/use-text.ts';
import { keysQuery } from './keys-query.ts';
import { text } from './text.ts';

/** Ends a key, after asking. */
export function RevokeKey({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const t = useText(text).keys;
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const revoke = useMutation({
    mutationFn: () => api.revokeKey({ params: { id } }),
    onSuccess: () => {
      say(t.revoked(name));
      return queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
    onError: sayError,
  });
  return (
    <Confirm
      trigger={
        <button type="button" className="quiet-button text-bad">
          {t.revoke}
        </button>
      }
      title={t.revokeTitle(name)}
      about={t.revokeAbout}
      action={t.revoke}
      onConfirm={() =>
        revoke.mutateAsync().then(
          () => true,
          () => false,
        )
      }
    />
  );
}
