import { ExternalLink } from 'lucide-react';
import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { safeAddress } from './safe-address.ts';

/**
 * Text that a model wrote, as Markdown, and inert: HTML in it is shown as text, images are not fetched, links open
 * elsewhere and say that they do.
 */
export const ModelText = memo(function ModelText({ text }: { text: string }) {
  return (
    <div className="prose-answer">
      {/* Addresses are judged where links and images are drawn; everything passes here to be shown there. */}
      <Markdown remarkPlugins={[remarkGfm]} components={components} urlTransform={(address) => address}>
        {text}
      </Markdown>
    </div>
  );
});

const components: Components = {
  a: ({ href, children }) => <MarkedLink address={href}>{children}</MarkedLink>,
  img: ({ src, alt }) => (
    <MarkedLink address={typeof src === 'string' ? src : undefined}>
      image{alt === undefined || alt === '' ? '' : `: ${alt}`}
    </MarkedLink>
  ),
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
  // Headings of an answer don't belong into the outline of the page.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  input: ({ checked }) => <input type="checkbox" checked={checked === true} readOnly disabled />,
};

function MarkedLink({ address, children }: { address: string | undefined; children: React.ReactNode }) {
  const href = safeAddress(address);
  if (href === null) return <span className="text-soft underline decoration-dotted">{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener nofollow" title={href}>
      {children}
      <ExternalLink aria-hidden className="ml-0.5 inline size-[0.75em] align-baseline" />
      <span className="sr-only"> (opens {new URL(href).host || 'mail'})</span>
    </a>
  );
}
