import { useText } from '../text/use-text.ts';
import { PageLink } from './page-link.tsx';
import { type Page, pages } from './pages.ts';
import { mayAct } from './role-rank.ts';
import { useMe } from './session.ts';
import { text } from './text.ts';

interface NavigationProps {
  /** Icons alone; their names are read and shown when pointed at. */
  narrow?: boolean;
  onNavigate?: () => void;
}

/** Links to the pages that the signed-in person has a use for, grouped by the loop. */
export function Navigation({ narrow = false, onNavigate }: NavigationProps) {
  const t = useText(text);
  const { role } = useMe();
  const groups = Map.groupBy(
    pages.filter((page) => mayAct(role, page.role)),
    ({ group }) => group,
  );
  return (
    <nav aria-label={t.navigation} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-3">
      {[...groups].map(([group, members]) => (
        <NavigationGroup key={group} heading={group && t.groups[group]} narrow={narrow}>
          {members.map((page: Page) => (
            <PageLink
              key={page.to}
              page={page}
              narrow={narrow}
              {...(onNavigate && { onClick: onNavigate })}
            />
          ))}
        </NavigationGroup>
      ))}
    </nav>
  );
}

function NavigationGroup(props: { heading: string | null; narrow: boolean; children: React.ReactNode }) {
  const { heading, narrow, children } = props;
  return (
    <div className="mb-3 flex flex-col gap-0.5">
      {heading !== null && (
        <p className={narrow ? 'mx-3 my-1 h-px bg-line' : 'eyebrow px-3 pb-1'}>
          <span className={narrow ? 'sr-only' : ''}>{heading}</span>
        </p>
      )}
      {children}
    </div>
  );
}
