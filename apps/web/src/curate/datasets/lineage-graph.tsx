import type { Lineage, LineageNode } from '@attune/contracts';
import { useRouter } from '@tanstack/react-router';
import { text as collectText } from '../../collect/text.ts';
import { text as learnText } from '../../learn/text.ts';
import { text as shipText } from '../../ship/text.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text as pairText } from '../pairs/text.ts';
import { LINE, type LineageGroup, lineageLayout } from './lineage-layout.ts';
import { type LineageNames, lineageWords } from './lineage-words.ts';
import { text } from './text.ts';

const BOX = 300;
const REACH = 60;
const CENTRE = 200;
const WIDTH = 2 * BOX + 2 * REACH + CENTRE;
const CENTRE_HEIGHT = 56;
const LABEL_CHARACTERS = 38;

/** Where a node can be looked at; null where it has no page. */
function addressOf({ kind, id }: LineageNode): string | null {
  if (kind === 'pair') return `/pairs/${id}`;
  if (kind === 'dataset') return `/datasets/${id}`;
  if (kind === 'feedback') return `/review?item=${id}`;
  if (kind === 'model') return '/models';
  return null;
}

function shortened(label: string): string {
  return label.length <= LABEL_CHARACTERS ? label : `${label.slice(0, LABEL_CHARACTERS - 1)}…`;
}

/** What a thing was made from on the left, and what was made from it on the right; Tab goes from node to node. */
export function LineageGraph({ lineage }: { lineage: Lineage }) {
  const t = useText(text).lineage;
  const layout = lineageLayout(lineage);
  const left = BOX;
  const centre = BOX + REACH;
  const right = BOX + 2 * REACH + CENTRE;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section aria-label={t.graph} tabIndex={0} className="card overflow-x-auto p-5">
      <p className="mb-3 text-faint text-xs">{t.graph}</p>
      <svg
        width={WIDTH}
        height={layout.height + 4}
        viewBox={`-2 -2 ${WIDTH + 4} ${layout.height + 4}`}
        className="mx-auto block"
      >
        <title>{t.graph}</title>
        {layout.upstream.map((group) => (
          <Edge key={group.kind} from={[left, middleOf(group)]} to={[centre, layout.middle]} />
        ))}
        {layout.downstream.map((group) => (
          <Edge key={group.kind} from={[centre + CENTRE, layout.middle]} to={[right, middleOf(group)]} />
        ))}
        {layout.upstream.map((group) => (
          <Group key={group.kind} group={group} x={0} />
        ))}
        <rect
          x={centre}
          y={layout.middle - CENTRE_HEIGHT / 2}
          width={CENTRE}
          height={CENTRE_HEIGHT}
          rx={14}
          className="fill-accent-wash stroke-accent"
        />
        <text
          x={centre + CENTRE / 2}
          y={layout.middle + 5}
          textAnchor="middle"
          className="fill-accent-strong font-medium text-sm"
        >
          {shortened(lineage.node.label).slice(0, 24)}
        </text>
        {layout.downstream.map((group) => (
          <Group key={group.kind} group={group} x={right} />
        ))}
      </svg>
    </section>
  );
}

function middleOf({ y, height }: LineageGroup): number {
  return y + height / 2;
}

function Edge({ from: [x1, y1], to: [x2, y2] }: { from: [number, number]; to: [number, number] }) {
  const bend = (x1 + x2) / 2;
  return (
    <path
      d={`M ${x1} ${y1} C ${bend} ${y1}, ${bend} ${y2}, ${x2} ${y2}`}
      className="fill-none stroke-edge"
      strokeWidth={1.5}
    />
  );
}

function Group({ group, x }: { group: LineageGroup; x: number }) {
  const t = useText(text).lineage;
  const { count } = useFormats();
  const rest = group.count - group.nodes.length;
  return (
    <g>
      <rect
        x={x}
        y={group.y}
        width={BOX}
        height={group.height}
        rx={12}
        className="fill-surface stroke-line"
      />
      <text x={x + 14} y={group.y + 22} className="fill-faint font-semibold text-xs">
        {t.kinds[group.kind]} · {count(group.count)}
        {group.nodes.length === 0 && ` (${t.counted})`}
        {group.nodes.length > 0 && rest > 0 && ` (${t.more(rest)})`}
      </text>
      {group.nodes.map((node, index) => (
        <Node key={node.id} node={node} x={x + 8} y={group.y + 30 + index * LINE} />
      ))}
    </g>
  );
}

function useLineageNames(): LineageNames {
  return {
    feedbackTypes: useText(collectText).types,
    methods: useText(pairText).methods,
    jobStatuses: useText(learnText).statuses,
    modelStatuses: useText(shipText).statuses,
  };
}

function Node({ node, x, y }: { node: LineageNode; x: number; y: number }) {
  const router = useRouter();
  const t = useText(text).lineage;
  const said = lineageWords(node, useLineageNames());
  const address = addressOf(node);
  const drawn = (
    <>
      <title>{`${t.kinds[node.kind]}: ${said}`}</title>
      <rect
        x={x}
        y={y}
        width={BOX - 16}
        height={LINE - 2}
        rx={7}
        className="fill-transparent stroke-2 stroke-transparent group-hover:fill-sunken group-focus-visible:fill-sunken group-focus-visible:stroke-accent"
      />
      <text x={x + 7} y={y + 17} className={`text-sm ${address === null ? 'fill-soft' : 'fill-ink'}`}>
        {shortened(said)}
      </text>
    </>
  );
  if (address === null) return <g>{drawn}</g>;
  return (
    <a
      href={address}
      className="group outline-none"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        router.history.push(address);
      }}
    >
      {drawn}
    </a>
  );
}
