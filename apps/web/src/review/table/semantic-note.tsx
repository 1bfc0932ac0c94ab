import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** How much of the queue search by meaning knows, while it does not know all. */
export function SemanticNote({ index }: { index: { indexed: number; total: number } | null }) {
  const t = useText(text).search;
  if (index === null || index.indexed >= index.total) return null;
  return <p className="px-4 pb-2 text-faint text-xs sm:px-6">{t.indexed(index.indexed, index.total)}</p>;
}
