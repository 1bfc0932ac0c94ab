import { lazyRouteComponent } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { AccountButton } from './account-button.tsx';
import { Brand } from './brand.tsx';
import { KeyCap } from './keys/key-cap.tsx';
import { Navigation } from './navigation.tsx';
import { paletteOpener } from './palette/palette-opener.ts';
import { Tip } from './parts/tip.tsx';
import { remember, remembered } from './remembered.ts';
import { text } from './text.ts';

const AccountMenu = lazyRouteComponent(() => import('./account-menu.tsx'), 'AccountMenu');

const KEY = 'attune-side-bar';

/** The navigation at the side of wide screens; narrowed to icons on request, also at the next visit. */
export function SideBar() {
  const [narrow, setNarrow] = useState(() => remembered(KEY) === 'narrow');
  const change = () => {
    remember(KEY, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <aside
      className={`hidden shrink-0 flex-col border-line border-r p-3 md:flex ${narrow ? 'w-17' : 'w-56'}`}
    >
      <div className={`flex pt-2 pb-4 ${narrow ? 'flex-col items-center gap-3' : 'justify-between pl-3'}`}>
        <Brand narrow={narrow} />
        <WidthButton narrow={narrow} onClick={change} />
      </div>
      <SearchButton narrow={narrow} />
      <Navigation narrow={narrow} />
      <Suspense fallback={<AccountButton narrow={narrow} disabled />}>
        <AccountMenu narrow={narrow} />
      </Suspense>
    </aside>
  );
}

function WidthButton({ narrow, onClick }: { narrow: boolean; onClick: () => void }) {
  const t = useText(text);
  const says = narrow ? t.expand : t.collapse;
  const Icon = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <Tip says={says} side="right">
      <button
        type="button"
        aria-label={says}
        className="quiet-button size-8 p-0 text-faint"
        onClick={onClick}
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </Tip>
  );
}

function SearchButton({ narrow }: { narrow: boolean }) {
  const t = useText(text);
  return (
    <button
      type="button"
      className="mb-4 flex min-h-9 items-center gap-3 rounded-xl border border-line bg-surface px-2.5 text-faint text-sm hover:border-edge hover:text-ink"
      onClick={() => paletteOpener.open()}
    >
      <Search aria-hidden className="size-4 shrink-0" />
      <span className={narrow ? 'sr-only' : 'flex-1 text-left'}>{t.palette.open}</span>
      {!narrow && <KeyCap name="/" />}
    </button>
  );
}
