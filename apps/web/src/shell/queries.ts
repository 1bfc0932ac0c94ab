import { AttuneApiError } from '@attune/sdk';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut } from './said-error.ts';
import { meQuery } from './session.ts';

/** When any call finds the session gone, the frame shows how to sign in. */
function onError(error: unknown): void {
  if (isSignedOut(error)) queries.setQueryData(meQuery.queryKey, null);
}

/** What the server refuses it refuses again; what fails by itself may work at the next try. */
function retry(failures: number, error: unknown): boolean {
  const passing = !(error instanceof AttuneApiError) || error.status === 0 || error.status >= 500;
  return passing && failures < 2;
}

/** Everything the page has read from the server. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry, staleTime: 10_000 } },
});
