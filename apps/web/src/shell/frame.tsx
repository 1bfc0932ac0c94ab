import { Tooltip } from '@base-ui/react/tooltip';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { DemoBanner } from '../demo/demo-banner.tsx';
import { ChatSource } from '../serve/chat-source.tsx';
import { RecentConversations } from '../serve/history/recent-conversations.ts';
import { SignedOutPage } from '../sign-in/signed-out-page.tsx';
import { useText } from '../text/use-text.ts';
import { LiveSource } from '../watch/live/live-source.tsx';
import { ShellKeys } from './keys/shell-keys.tsx';
import { CommandPalette } from './palette/command-palette.tsx';
import { ErrorNotice } from './parts/error-notice.tsx';
import { Loading } from './parts/loading.tsx';
import { PageBody } from './parts/page-body.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { PhoneMenu } from './phone-menu.tsx';
import { meQuery } from './session.ts';
import { SideBar } from './side-bar.tsx';
import { text } from './text.ts';

/** Everything around a page: who may see it, the navigation, the live counters. */
export function Frame() {
  const t = useText(text);
  const me = useQuery(meQuery);
  if (me.isPending) return <div role="status" aria-label={t.loadingPage} />;
  if (me.isError && me.data === undefined) {
    return (
      <main className="mx-auto max-w-lg p-6 pt-[20vh]">
        <ErrorNotice error={me.error} onRetry={() => me.refetch()} />
      </main>
    );
  }
  if (me.data === null) return <SignedOutPage />;
  return (
    <LiveSource>
      <ChatSource>
        <Tooltip.Provider delay={400}>
          <SignedInFrame />
        </Tooltip.Provider>
      </ChatSource>
    </LiveSource>
  );
}

function SignedInFrame() {
  const t = useText(text);
  return (
    <div className="flex h-full flex-col md:flex-row">
      {/* Before the pages, whose keys then come after these and win. */}
      <ShellKeys />
      <a
        href="#page"
        className="sr-only z-50 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:rounded-lg focus:bg-surface focus:px-3 focus:py-2"
      >
        {t.skip}
      </a>
      <PhoneMenu />
      <SideBar />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <DemoBanner />
        <main id="page" tabIndex={-1} className="relative min-h-0 flex-1 overflow-clip outline-none">
          <Suspense fallback={<PageOnItsWay />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <PhoneBar />
      <RecentConversations />
      <CommandPalette />
    </div>
  );
}

function PageOnItsWay() {
  const t = useText(text);
  return (
    <PageBody>
      <Loading what={t.thePage} />
    </PageBody>
  );
}
