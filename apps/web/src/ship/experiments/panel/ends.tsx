/** A figure on one line, with its interval below where it has one. */
export function Ends({ value, interval = null }: { value: string; interval?: string | null }) {
  return (
    <span className="whitespace-nowrap">
      {value}
      {interval !== null && <span className="block text-faint text-xs">{interval}</span>}
    </span>
  );
}
