import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { ChatSource } from '../serve/chat-source.tsx';
import { SignedOutPage } from '../sign-in/signed-out-page.tsx';
import { LiveCountersSource } from '../watch/live-counters.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Navigation } from './navigation.tsx';
import { PhoneMenu } from './phone-menu.tsx';
import { meQuery } from './session.ts';

/** Everything around a page: who may see it, the navigation, the live counters. */
export function Frame() {
  const me = useQuery(meQuery);
  if (me.isPending) return <div role="status" aria-label="Loading" />;
  if (me.isError && me.data === undefined) {
    return (
      <main className="mx-auto max-w-lg p-6 pt-[20vh]">
        <ErrorNotice error={me.error} onRetry={() => me.refetch()} />
      </main>
    );
  }
  if (me.data === null) return <SignedOutPage />;
  return (
    <LiveCountersSource>
      <ChatSource>
        <SignedInFrame />
      </ChatSource>
    </LiveCountersSource>
  );
}

function SignedInFrame() {
  return (
    <div className="flex h-full flex-col md:flex-row">
      <a
        href="#page"
        className="sr-only z-50 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the page
      </a>
      <PhoneMenu />
      <aside className="hidden w-56 shrink-0 flex-col border-line border-r p-3 md:flex">
        <div className="px-3 pt-2 pb-6">
          <Brand />
        </div>
        <Navigation />
        <div className="mt-auto">
          <AccountMenu />
        </div>
      </aside>
      <main id="page" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
        <Outlet />
      </main>
    </div>
  );
}
