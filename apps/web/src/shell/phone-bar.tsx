import { Link } from '@tanstack/react-router';
import { useText } from '../text/use-text.ts';
import { pages } from './pages.ts';
import { mayAct } from './role-rank.ts';
import { useMe } from './session.ts';
import { text } from './text.ts';

/** What is done on the way, one touch away on narrow screens; makes room for a keyboard on the screen. */
export function PhoneBar() {
  const t = useText(text);
  const { role } = useMe();
  const shown = pages.filter((page) => page.phone === true && mayAct(role, page.role));
  if (shown.length < 2) return null;
  return (
    <nav
      aria-label={t.quickPages}
      className="flex shrink-0 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden [@media(max-height:30rem)]:hidden"
    >
      {shown.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/' }}
          className="flex min-h-13 flex-1 flex-col items-center justify-center gap-0.5 text-soft text-xs data-[status=active]:font-medium data-[status=active]:text-accent-strong"
        >
          <Icon aria-hidden className="size-5" strokeWidth={1.9} />
          {t.pages[name]}
        </Link>
      ))}
    </nav>
  );
}
