const drawn: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  ' ': 'Space',
};

/** A key, as it is drawn on a keyboard. Beside a button's label it says what to press instead. */
export function KeyCap({ name }: { name: string }) {
  const shifted = name.length === 1 && name !== name.toLowerCase();
  return (
    <kbd className="inline-grid min-h-5 min-w-5 place-items-center rounded-md border border-line bg-sunken px-1 font-sans text-[0.6875rem] text-soft leading-none">
      {shifted ? `⇧ ${name}` : (drawn[name] ?? name.toUpperCase())}
    </kbd>
  );
}
