import { StrangerPage } from './stranger-page.tsx';

/** What somebody sees whom the server does not know: how to get in. */
export function SignedOutPage() {
  return (
    <StrangerPage title="Sign in">
      <p>People sign in with a one-time link. On the machine that runs Attune, this prints one:</p>
      <pre className="my-4 overflow-x-auto rounded-xl bg-sunken px-4 py-3 text-left text-sm">
        <code>./attune admin-link</code>
      </pre>
      <p>If somebody else runs it, ask them for a link.</p>
    </StrangerPage>
  );
}
