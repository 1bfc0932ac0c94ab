import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api } from '../shell/api.ts';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { saidError } from '../shell/said-error.ts';
import { handOver } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { linkToken } from './link-token.ts';
import { SignedOutPage } from './signed-out-page.tsx';
import { StrangerPage } from './stranger-page.tsx';
import { text } from './text.ts';

type State = { step: 'working' } | { step: 'no_token' } | { step: 'failed'; error: unknown; token: string };

/** Takes the one-time token out of the address, so that it stays in no history, and exchanges it for a session. */
export function SignInPage() {
  const t = useText(text);
  const hash = useLocation({ select: (location) => location.hash });
  const { state, exchange } = useExchange();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a token works once, so only a new one in the address is tried.
  useEffect(() => {
    const token = linkToken(window.location.hash);
    if (token === null) return;
    window.history.replaceState(window.history.state, '', window.location.pathname);
    exchange(token);
  }, [hash]);

  if (state.step === 'no_token') return <SignedOutPage />;
  if (state.step === 'failed') return <Failed error={state.error} onRetry={() => exchange(state.token)} />;
  return (
    <StrangerPage title={t.working}>
      <p role="status">{t.moment}</p>
    </StrangerPage>
  );
}

function useExchange() {
  const [state, setState] = useState<State>(() => ({
    step: linkToken(window.location.hash) === null ? 'no_token' : 'working',
  }));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const exchange = (token: string) => {
    setState({ step: 'working' });
    api.signIn({ body: { token } }).then(
      async (me) => {
        handOver(queries, me);
        await navigate({ to: '/', replace: true });
      },
      (error: unknown) => setState({ step: 'failed', error, token }),
    );
  };
  return { state, exchange };
}

/** A used link stays used; anything else can be tried again. */
function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useText(text);
  const used = saidError(error).code === 'sign_in_link_invalid';
  return (
    <StrangerPage title={t.failed}>
      <ErrorNotice error={error} {...(!used && { onRetry })} />
      <p className="mt-4 text-sm">
        {t.already}{' '}
        <Link to="/" className="text-accent underline underline-offset-2">
          {t.goOn}
        </Link>
      </p>
    </StrangerPage>
  );
}
