import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { safeAddress } from './safe-address.ts';

/** A link that a model or a document brought: it opens elsewhere, says so, and tells that place nothing. */
export function MarkedLink({ address, children }: { address: string | undefined; children: ReactNode }) {
  const t = useText(text).written;
  const href = safeAddress(address);
  if (href === null) return <span className="text-soft underline decoration-dotted">{children}</span>;
  const { host } = new URL(href);
  return (
    // What the link says of itself is no text of the answer, which notes on passages are found by.
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener nofollow"
      title={t.opens(host === '' ? t.mail : host)}
    >
      {children}
      <ExternalLink aria-hidden className="ml-0.5 inline size-[0.75em] align-baseline" />
    </a>
  );
}
