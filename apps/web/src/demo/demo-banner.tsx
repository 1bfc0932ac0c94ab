import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { Suspense } from 'react';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { demoQuery } from './demo-query.ts';
import { LoadingDemo } from './loading-demo.tsx';
import { text } from './text.ts';

const RemoveDemo = lazyRouteComponent(() => import('./remove-demo.tsx'), 'RemoveDemo');

/** Says on every page that what one sees is demo data, and removes it with a click. */
export function DemoBanner() {
  const t = useText(text);
  const { role } = useMe();
  const demo = useQuery(demoQuery).data;
  if (demo === undefined || demo.state === 'none') return null;
  return (
    <aside
      aria-label={t.label}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-warn-wash px-4 py-1.5 text-sm sm:px-8"
    >
      <FlaskConical aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t.label}.</span> {demo.failed ? t.failed : t[demo.state]}
      </p>
      {demo.state === 'loading' && <LoadingDemo demo={demo} />}
      {(demo.state === 'loaded' || demo.failed) && mayAct(role, 'admin') && (
        <Suspense fallback={<span className="quiet-button invisible">{t.remove}</span>}>
          <RemoveDemo />
        </Suspense>
      )}
    </aside>
  );
}
