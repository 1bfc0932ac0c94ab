import { Link } from '@tanstack/react-router';
import { useLiveCounters } from '../watch/live-counters.tsx';
import { type Page, pages } from './pages.ts';
import { mayAct } from './role-rank.ts';
import { useMe } from './session.ts';

/** Links to the pages that the signed-in person has a use for. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { role } = useMe();
  return (
    <nav aria-label="Pages" className="flex flex-col gap-0.5">
      {pages
        .filter((page) => mayAct(role, page.role))
        .map((page) => (
          <PageLink key={page.to} page={page} {...(onNavigate && { onClick: onNavigate })} />
        ))}
    </nav>
  );
}

function PageLink({ page, onClick }: { page: Page; onClick?: () => void }) {
  const Icon = page.icon;
  return (
    <Link
      to={page.to}
      activeOptions={{ exact: page.to === '/' }}
      onClick={onClick}
      className="group flex min-h-10 items-center gap-3 rounded-xl px-3 font-medium text-soft text-sm transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-wash data-[status=active]:text-accent-strong"
    >
      <Icon aria-hidden className="size-4.5" strokeWidth={1.9} />
      {page.label}
      {page.to === '/live' && <OpenAlerts />}
    </Link>
  );
}

function OpenAlerts() {
  const open = useLiveCounters().counters?.open_alerts ?? 0;
  if (open === 0) return null;
  return (
    <span className="ml-auto min-w-5 rounded-full bg-bad px-1.5 text-center text-surface text-xs leading-5">
      {open}
      <span className="sr-only"> open {open === 1 ? 'alert' : 'alerts'}</span>
    </span>
  );
}
