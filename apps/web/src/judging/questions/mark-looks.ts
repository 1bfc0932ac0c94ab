/** Looks that tell labels apart, in the order of the question's options; labels have names beside them too. */
const looks = [
  'bg-warn-wash decoration-warn',
  'bg-bad-wash decoration-bad',
  'bg-accent-wash decoration-accent',
  'bg-sunken decoration-good',
] as const;

/** How a passage with the label at a position among the options is drawn. */
export function markLook(index: number): string {
  return `underline decoration-2 underline-offset-4 ${looks[index % looks.length] ?? ''}`;
}
