import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLive } from '../live/live-source.tsx';

/** Hours are summed some seconds after something happens; under steady traffic this is how often is looked. */
const LATER_MS = 5000;

/** Reads the panels again after the live counters have moved. */
export function useFreshSeries(): void {
  const queries = useQueryClient();
  const { counters } = useLive();
  const count = counters === null ? null : counters.answers + counters.feedback;
  useEffect(() => {
    if (count === null) return;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: ['series'] }), LATER_MS);
    return () => clearTimeout(timer);
  }, [count, queries]);
}
