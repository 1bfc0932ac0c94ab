import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Reads the next page of a list, while there is one. */
export function ShowMore({ list }: { list: Pages }) {
  const t = useText(text);
  if (!list.hasNextPage) return null;
  return (
    <button
      type="button"
      className="line-button mt-4"
      disabled={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t.showMore}
    </button>
  );
}
