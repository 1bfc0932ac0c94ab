import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { demoQuery } from './demo-query.ts';
import { text } from './text.ts';
import { useLoadDemo } from './use-load-demo.ts';

/** Offers the demo corpus to an admin of an organisation in which nothing has been asked. */
export function LoadDemo() {
  const t = useText(text);
  const { role } = useMe();
  const demo = useQuery(demoQuery).data;
  const load = useLoadDemo();
  if (!mayAct(role, 'admin') || demo === undefined || demo.state !== 'none') return null;
  return (
    <section className="card flex flex-wrap items-center gap-x-6 gap-y-3 p-6">
      <div className="min-w-60 flex-1">
        <h2 className="font-medium font-serif text-xl">{t.offer}</h2>
        <p className="mt-1 text-soft">{t.offerAbout}</p>
      </div>
      <button type="button" className="line-button" disabled={load.isPending} onClick={() => load.mutate()}>
        <FlaskConical aria-hidden className="size-4" /> {t.load}
      </button>
    </section>
  );
}
