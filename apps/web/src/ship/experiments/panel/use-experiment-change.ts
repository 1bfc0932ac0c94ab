import type { Experiment } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../../shell/messages.tsx';

/** Changes an experiment, shows what it is now and says so; resolves to whether that worked. */
export function useExperimentChange(): (
  change: () => Promise<Experiment>,
  saying: string,
) => Promise<boolean> {
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  return async (change, saying) => {
    try {
      const now = await change();
      queries.setQueryData(['experiments', now.id], now);
      say(saying);
      await Promise.all(
        ['experiments', 'models', 'ramps'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
      return true;
    } catch (error) {
      sayError(error);
      return false;
    }
  };
}
