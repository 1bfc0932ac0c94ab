import { Choice } from '../shell/parts/choice.tsx';
import { usePageTitle } from '../shell/use-page-title.ts';
import { useText } from '../text/use-text.ts';
import { FilterChips } from './filter/filter-chips.tsx';
import { FilterDialog } from './filter/filter-dialog.tsx';
import { orders } from './filter/review-search.ts';
import { SearchField } from './filter/search-field.tsx';
import { useReviewSearch } from './filter/use-review-search.ts';
import { text } from './text.ts';
import { ViewSwitch } from './view-switch.tsx';
import { SavedViews } from './views/saved-views.tsx';

/** Title of the queue, and what is in it: search, filter, order, views. */
export function QueueBar() {
  const t = useText(text);
  usePageTitle(t.title);
  const { order, change } = useReviewSearch();
  return (
    <header className="px-4 pt-4 pb-2 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="mr-1 font-medium font-serif text-2xl tracking-tight">{t.title}</h1>
        <ViewSwitch />
        <SearchField />
        <FilterDialog />
        <Choice
          label={t.orders.label}
          options={orders.map((value) => ({ value, label: t.orders[value] }))}
          value={order}
          onValue={(value) => change({ order: value })}
        />
        <SavedViews />
      </div>
      <FilterChips />
    </header>
  );
}
