import { AttuneError, type Lineage, type LineageKind, type LineageNode } from '@attune/contracts';
import type { Database } from '../platform/db/open.ts';
import { isId } from '../platform/ids.ts';
import { answersBy, type IdSet, madeFrom, nodesOf, only, union, wentInto, without } from './lineage-store.ts';
import { findModel } from './registry-store.ts';

type Sql = Database['sql'];
type Links = typeof madeFrom;

/** One turn of the loop in each direction. An answer comes from a model, and a model from answers: there it ends. */
const upstreamOrder: readonly LineageKind[] = [
  'answer',
  'model',
  'job',
  'export',
  'dataset',
  'pair',
  'judgement',
  'feedback',
  'answer',
  // What a model said of answers came from a run.
  'job',
];
const downstreamOrder: readonly LineageKind[] = [
  'answer',
  'feedback',
  'judgement',
  'pair',
  'dataset',
  'export',
  'job',
  'model',
  // A run can make feedback, too.
  'feedback',
  'pair',
  'dataset',
];
/** Things listed of each kind; the rest is only counted. */
const LISTED = 100;

interface Walk {
  nodes: LineageNode[];
  counts: Partial<Record<LineageKind, number>>;
  sets: Map<LineageKind, IdSet>;
}

/**
 * What something was made from and what was made from it, nearest first, one turn of the loop each way.
 * @throws AttuneError `lineage_not_found` when the organisation has no such thing
 */
export async function lineageOf(
  sql: Sql,
  organization: string,
  kind: LineageKind,
  given: string,
): Promise<Lineage> {
  const id = kind === 'model' ? (await findModel(sql, organization, given))?.id : given;
  const start = id !== undefined && isId(id) ? only(id) : null;
  const node = start === null ? undefined : (await nodesOf(sql, organization, kind, start, 1)).nodes[0];
  if (start === null || node === undefined) throw new AttuneError('lineage_not_found');
  const up = await walk(sql, organization, kind, start, upstreamOrder, madeFrom);
  const down = await walk(sql, organization, kind, start, downstreamOrder, wentInto);
  const models = down.sets.get('model');
  if (kind !== 'answer' && models !== undefined) {
    down.counts.answer = await answersBy(sql, organization, models);
  }
  return {
    node,
    upstream: up.nodes,
    downstream: down.nodes,
    upstream_counts: up.counts,
    downstream_counts: down.counts,
  };
}

async function walk(
  sql: Sql,
  organization: string,
  from: LineageKind,
  start: IdSet,
  order: readonly LineageKind[],
  links: Links,
): Promise<Walk> {
  const sets = new Map([[from, start]]);
  const result: Walk = { nodes: [], counts: {}, sets };
  const tell = async (kind: LineageKind, ids: IdSet) => {
    const { nodes, total } = await nodesOf(sql, organization, kind, ids, LISTED);
    result.nodes.push(...nodes);
    if (total > 0) result.counts[kind] = (result.counts[kind] ?? 0) + total;
  };
  // A blend is made from models, and goes back to what they were made from.
  const alike = links[from][from]?.(organization, start);
  if (alike !== undefined) {
    sets.set(from, union([start, alike]));
    await tell(from, alike);
  }
  for (const kind of order.slice(order.indexOf(from) + 1)) {
    const reached = [...sets].flatMap(([near, ids]) => links[near][kind]?.(organization, ids) ?? []);
    if (kind === from || reached.length === 0) continue;
    const ids = withAlike(links, organization, kind, union(reached));
    const told = sets.get(kind);
    sets.set(kind, ids);
    await tell(kind, told === undefined ? ids : without(ids, told));
  }
  return result;
}

function withAlike(links: Links, organization: string, kind: LineageKind, ids: IdSet): IdSet {
  const alike = links[kind][kind]?.(organization, ids);
  return alike === undefined ? ids : union([ids, alike]);
}
