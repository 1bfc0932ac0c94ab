import { useText } from '../text/use-text.ts';
import { StrangerPage } from './stranger-page.tsx';
import { text } from './text.ts';

/** What somebody sees whom the server does not know: how to get in. */
export function SignedOutPage() {
  const t = useText(text);
  return (
    <StrangerPage title={t.title}>
      <p>{t.how}</p>
      <pre className="my-4 overflow-x-auto rounded-xl bg-sunken px-4 py-3 text-left text-sm">
        <code>./attune admin-link</code>
      </pre>
      <p>{t.ask}</p>
    </StrangerPage>
  );
}
