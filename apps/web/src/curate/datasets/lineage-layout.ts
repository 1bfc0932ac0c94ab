import type { Lineage, LineageKind, LineageNode } from '@attune/contracts';

/** Nodes of one kind beside what the graph is about. */
export interface LineageGroup {
  readonly kind: LineageKind;
  /** All of the kind, also those not drawn. */
  readonly count: number;
  /** The nearest, as many as are drawn. */
  readonly nodes: readonly LineageNode[];
  readonly y: number;
  readonly height: number;
}

export interface LineageLayout {
  readonly upstream: readonly LineageGroup[];
  readonly downstream: readonly LineageGroup[];
  readonly height: number;
  /** Middle of the node in the centre. */
  readonly middle: number;
}

export const LINE = 26;
const HEAD = 34;
const FOOT = 10;
const GAP = 16;
const DRAWN = 4;
const order: readonly LineageKind[] = [
  'answer',
  'feedback',
  'judgement',
  'pair',
  'dataset',
  'export',
  'job',
  'model',
];

type Counts = Lineage['upstream_counts'];

function groupsOf(nodes: readonly LineageNode[], counts: Counts): Omit<LineageGroup, 'y'>[] {
  const groups = order.map((kind) => {
    const all = nodes.filter((node) => node.kind === kind);
    const drawn = all.slice(0, DRAWN);
    const count = counts[kind] ?? all.length;
    return { kind, count, nodes: drawn, height: HEAD + drawn.length * LINE + FOOT };
  });
  return groups.filter(({ count }) => count > 0);
}

function heightOf(groups: readonly { height: number }[]): number {
  return groups.reduce((sum, { height }) => sum + height, 0) + GAP * Math.max(groups.length - 1, 0);
}

/** Groups below each other, in the middle of what the higher side takes. */
function stacked(groups: readonly Omit<LineageGroup, 'y'>[], total: number): LineageGroup[] {
  let y = (total - heightOf(groups)) / 2;
  return groups.map((group) => {
    const placed = { ...group, y };
    y += group.height + GAP;
    return placed;
  });
}

/** Where the nodes of a lineage are drawn: what it was made from on the left, what was made from it on the right. */
export function lineageLayout(lineage: Lineage): LineageLayout {
  const upstream = groupsOf(lineage.upstream, lineage.upstream_counts);
  const downstream = groupsOf(lineage.downstream, lineage.downstream_counts);
  const height = Math.max(heightOf(upstream), heightOf(downstream), 72);
  return {
    upstream: stacked(upstream, height),
    downstream: stacked(downstream, height),
    height,
    middle: height / 2,
  };
}
