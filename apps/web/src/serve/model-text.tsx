import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useText } from '../text/use-text.ts';
import { CodeBlock } from './model-text/code-block.tsx';
import { MarkedLink } from './model-text/marked-link.tsx';
import { withMathDelimiters } from './model-text/math-delimiters.ts';
import { useRichPlugins } from './model-text/rich-plugins.ts';
import { text as words } from './text.ts';

/**
 * Text that a model wrote, as Markdown, and inert: HTML in it is shown as text, images are not fetched, links open
 * elsewhere and say that they do.
 */
export const ModelText = memo(function ModelText({ text }: { text: string }) {
  const { remark, rehype, math } = useRichPlugins(text);
  return (
    <div className="prose-answer">
      {/* Addresses are judged where links and images are drawn; everything passes here to be shown there. */}
      <Markdown
        remarkPlugins={[remarkGfm, ...remark]}
        rehypePlugins={rehype}
        components={components}
        urlTransform={(address) => address}
      >
        {math ? withMathDelimiters(text) : text}
      </Markdown>
    </div>
  );
});

const components: Components = {
  a: ({ href, children }) => <MarkedLink address={href}>{children}</MarkedLink>,
  img: ({ src, alt }) => <NotFetched address={typeof src === 'string' ? src : undefined} alt={alt ?? ''} />,
  pre: ({ node, children }) => {
    const [code] = node?.children ?? [];
    return (
      <CodeBlock language={code?.type === 'element' ? languageIn(code.properties.className) : null}>
        {children}
      </CodeBlock>
    );
  },
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

/** An image by its address only: fetching it would tell another server who reads what. */
function NotFetched({ address, alt }: { address: string | undefined; alt: string }) {
  const { image } = useText(words).written;
  return <MarkedLink address={address}>{alt === '' ? image : `${image}: ${alt}`}</MarkedLink>;
}

const LANGUAGE = 'language-';

function languageIn(className: unknown): string | null {
  const names = Array.isArray(className) ? className : [];
  const name = names.find((one) => typeof one === 'string' && one.startsWith(LANGUAGE));
  return typeof name === 'string' ? name.slice(LANGUAGE.length) : null;
}
