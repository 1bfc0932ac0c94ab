import { Link } from '@tanstack/react-router';
import { useText } from '../text/use-text.ts';
import { useLive } from '../watch/live/live-source.tsx';
import type { Page } from './pages.ts';
import { Tip } from './parts/tip.tsx';
import { text } from './text.ts';

interface PageLinkProps {
  page: Page;
  narrow: boolean;
  onClick?: () => void;
}

/** A line of the navigation, with the number of things that wait there. */
export function PageLink({ page, narrow, onClick }: PageLinkProps) {
  const t = useText(text);
  const Icon = page.icon;
  const link = (
    <Link
      to={page.to}
      activeOptions={{ exact: page.to === '/', includeSearch: false }}
      onClick={onClick}
      className="relative flex min-h-10 items-center gap-3 rounded-xl px-3 font-medium text-soft text-sm transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-wash data-[status=active]:text-accent-strong"
    >
      <Icon aria-hidden className="size-4.5 shrink-0" strokeWidth={1.9} />
      <span className={narrow ? 'sr-only' : 'truncate'}>{t.pages[page.name]}</span>
      <Waiting page={page} narrow={narrow} />
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tip says={t.pages[page.name]} side="right">
      {link}
    </Tip>
  );
}

function Waiting({ page, narrow }: { page: Page; narrow: boolean }) {
  const t = useText(text);
  const { counters } = useLive();
  const waiting = counters === null ? 0 : (page.waiting?.(counters) ?? 0);
  if (waiting === 0) return null;
  const place = narrow ? 'absolute top-0.5 right-0.5' : 'ml-auto';
  return (
    <span
      className={`${place} min-w-5 rounded-full bg-bad px-1.5 text-center text-surface text-xs leading-5`}
    >
      <span aria-hidden>{waiting > 99 ? '99+' : waiting}</span>
      <span className="sr-only"> {t.waiting(waiting)}</span>
    </span>
  );
}
