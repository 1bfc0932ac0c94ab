import { useEffect } from 'react';

const PRODUCT = 'Attune';

/** Names the browser tab after the page; `PageHead` does it for pages that have one. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`;
    return () => {
      document.title = PRODUCT;
    };
  }, [title]);
}
