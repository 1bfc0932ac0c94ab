import { AttuneProvider } from '@attune/react';
import type { ReactNode } from 'react';

/** What the person says about the answers on a page, kept once for all its parts. */
export function FeedbackSource({ children }: { children: ReactNode }) {
  return <AttuneProvider baseUrl={window.location.origin}>{children}</AttuneProvider>;
}
