import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ProjectSearch } from './project-search.ts';

/** The filters of a project's page as its address says them, and what changes them there. */
export function useProjectSearch(): [ProjectSearch, (change: Partial<ProjectSearch>) => void] {
  const search = useSearch({ from: '/frame/judge/projects/$project' });
  const navigate = useNavigate({ from: '/judge/projects/$project' });
  return [
    search,
    (change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
  ];
}
