import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { filterOf, type ReviewSearch } from './review-search.ts';

/** What the address says, and how to change it. */
export function useReviewSearch() {
  const search = useSearch({ from: '/frame/review' });
  const navigate = useNavigate();
  const filter = useMemo(() => filterOf(search), [search]);
  return {
    search,
    filter,
    order: search.order ?? 'teaching',
    view: search.view ?? 'focus',
    /** Changes a part; another queue does not begin with the item of this one. */
    change: (part: ReviewSearch) =>
      void navigate({ to: '/review', search: { ...search, item: undefined, ...part }, replace: true }),
    /** Goes to another queue, which the browser's back button leads back from. */
    show: (whole: ReviewSearch) => void navigate({ to: '/review', search: whole }),
  };
}
