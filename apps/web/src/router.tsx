import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { FeedbackPage } from './collect/feedback-page.tsx';
import { AskPage } from './serve/ask-page.tsx';
import { CrashPage } from './shell/crash-page.tsx';
import { Frame } from './shell/frame.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { ModelsPage } from './ship/models-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { LivePage } from './watch/live-page.tsx';

const root = createRootRoute({ component: Outlet });
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage });
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });

const ask = createRoute({ getParentRoute: () => frame, path: '/', component: AskPage });
const feedback = createRoute({ getParentRoute: () => frame, path: '/feedback', component: FeedbackPage });
const models = createRoute({ getParentRoute: () => frame, path: '/models', component: ModelsPage });
const live = createRoute({ getParentRoute: () => frame, path: '/live', component: LivePage });

/** Every address of the page. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, frame.addChildren([ask, feedback, models, live])]),
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
