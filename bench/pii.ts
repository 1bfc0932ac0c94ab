/** How much personal data is found, and how much of what is found is personal data, on texts in which it is marked. */
import { type Estimate, findPii, type PiiKind, type PiiSpan, piiKinds } from '@attune/core';
import { type Label, type LabelledText, ownSentences, presidioTexts } from './pii/labelled-texts.ts';
import { share } from './pii/shares.ts';

/** Share of the marked pieces that was found, and share of what was found that is right. */
export interface PiiFigures {
  readonly kind: PiiKind | 'all';
  readonly pieces: number;
  readonly recall: Estimate;
  readonly finds: number;
  readonly precision: Estimate;
}

export interface PiiOnTexts {
  readonly name: string;
  readonly texts: number;
  readonly without_any: number;
  readonly figures: readonly PiiFigures[];
}

export interface PiiResult {
  readonly sets: readonly PiiOnTexts[];
  /** Marked pieces of our own sentences that were not found whole, and finds there that are none. */
  readonly missed: readonly string[];
  readonly wrong: readonly string[];
  readonly left_out: readonly string[];
}

/**
 * Recall counts a piece as found when all of it would be masked, as whatever kind; precision counts a find as right
 * when it touches marked data of any kind. Kinds that the rules do not look for (towns, organisations, dates, ages
 * …) count for precision only.
 */
export async function pii(): Promise<PiiResult> {
  const own = await ownSentences();
  const presidio = await presidioTexts();
  return {
    sets: [
      onTexts('Our own sentences', own),
      ...(presidio === null ? [] : [onTexts('presidio-research, synthetic', presidio)]),
    ],
    missed: own.flatMap(({ text, labels }) =>
      labels.filter((label) => !covered(label, findPii(text))).map((label) => show(text, label)),
    ),
    wrong: own.flatMap(({ text, labels }) =>
      findPii(text)
        .filter((find) => !touches(find, labels))
        .map((find) => show(text, find)),
    ),
    left_out:
      presidio === null ? ['presidio-pii is not here (set ATTUNE_CORPORA to the folder it is in)'] : [],
  };
}

function onTexts(name: string, texts: readonly LabelledText[]): PiiOnTexts {
  const searched = texts.map((text) => ({ ...text, found: findPii(text.text) }));
  const pieces = searched.flatMap(({ labels, found, cluster }) =>
    labels.map((label) => ({ kind: label.kind, cluster, good: covered(label, found) })),
  );
  const finds = searched.flatMap(({ labels, found, cluster }) =>
    found.map((find) => ({ kind: find.kind, cluster, good: touches(find, labels) })),
  );
  const figuresOf = (kind: PiiKind | 'all'): PiiFigures => {
    const marked = pieces.filter((piece) => (kind === 'all' ? piece.kind !== null : piece.kind === kind));
    const claimed = finds.filter((find) => kind === 'all' || find.kind === kind);
    return {
      kind,
      pieces: marked.length,
      recall: share(marked),
      finds: claimed.length,
      precision: share(claimed),
    };
  };
  return {
    name,
    texts: texts.length,
    without_any: texts.filter(({ labels }) => labels.length === 0).length,
    figures: (['all', ...piiKinds] as const)
      .map(figuresOf)
      .filter((figures) => figures.pieces + figures.finds > 0),
  };
}

function covered({ start, end }: Label, found: readonly PiiSpan[]): boolean {
  return Array.from({ length: end - start }, (_, offset) => start + offset).every((at) =>
    found.some((find) => find.start <= at && at < find.end),
  );
}

function touches(find: PiiSpan, labels: readonly Label[]): boolean {
  return labels.some(({ start, end }) => start < find.end && find.start < end);
}

function show(text: string, { start, end, kind }: Label): string {
  return `${kind}: ${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}
