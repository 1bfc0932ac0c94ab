/** A figure with its interval below. */
export function Ends({ value, interval }: { value: string; interval: string | null }) {
  return (
    <span className="whitespace-nowrap">
      {value}
      {interval !== null && <span className="block text-faint text-xs">{interval}</span>}
    </span>
  );
}
