import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useSay } from '../shell/messages.tsx';
import { demoQuery } from './demo-query.ts';

/** Begins to load the demo, or goes on where it broke off. */
export function useLoadDemo() {
  const queries = useQueryClient();
  const { sayError } = useSay();
  return useMutation({
    mutationFn: () => api.loadDemo(),
    onSuccess: (demo) => queries.setQueryData(demoQuery.queryKey, demo),
    onError: sayError,
  });
}
