import type { ReviewAction, ReviewDecision, ReviewItem } from '@attune/contracts';
import { changedBy } from '../decide/changed-by.ts';
import type { InOrder } from '../decide/in-order.ts';
import { letsGo } from '../decide/lets-go.ts';
import {
  clearDesk,
  currentItem,
  type DeskState,
  missing,
  moved,
  withChanged,
  withDecided,
  withLost,
  withOnTop,
  withoutItem,
  withTaken,
} from './desk-state.ts';
import { type HeldByOther, heldByOther } from './held-by-other.ts';

/** Items that wait, read already, behind the one that is looked at. */
const AHEAD = 4;
/** Most items that are asked for at a time. */
const MOST_AT_ONCE = 10;

/** What the desk asks of the server. */
export interface DeskServer {
  next(count: number, holdPrevious: boolean): Promise<{ items: ReviewItem[]; held_ids: string[] }>;
  /** Reads the whole context of an item ahead of time. */
  prepare(id: string): void;
  read(id: string): Promise<ReviewItem>;
  renew(ids: string[]): Promise<{ refused: HeldByOther[] }>;
  /** Lets items go, also while the page is closing. */
  release(ids: string[]): void;
  decide(id: string, decision: ReviewAction): Promise<unknown>;
  undo(): Promise<Undone>;
}

/** What became of taking back a decision. */
export interface Undone {
  readonly action: ReviewAction['action'];
  readonly items: number;
  readonly restored: number;
  readonly skipped: number;
  readonly heldIds: readonly string[];
  readonly decision: ReviewDecision;
}

/** What the desk tells. */
export interface DeskNews {
  /** A decision stands on the server. */
  onDecided(id: string, action: ReviewAction['action']): void;
  onUndone(undone: Undone): void;
  onError(error: unknown): void;
}

/**
 * A reviewer's desk: a few items taken ahead, decisions that show at once and are taken back when the server refuses
 * them, reservations that hold for as long as somebody looks.
 */
export class Desk {
  #state = clearDesk;
  #left = false;
  #fetching = false;
  #again = false;
  /** The next item was asked for while it was on its way. */
  #goOn = false;
  readonly #watchers = new Set<() => void>();
  readonly #server: DeskServer;
  readonly #news: DeskNews;
  /** Writes reach the server in the order in which they were made: an undo must not overtake its decision. */
  readonly #writes: InOrder;

  constructor(server: DeskServer, news: DeskNews, writes: InOrder) {
    this.#server = server;
    this.#news = news;
    this.#writes = writes;
  }

  readonly state = (): DeskState => this.#state;

  /** Calls back whenever the state changes; returns what stops it. */
  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** Puts the first items on the desk, one by its id before them. */
  async open(first: string | null): Promise<void> {
    if (first !== null) await this.#putOnTop(first);
    await this.refill();
  }

  /** Fetches what is missing; where the queue was empty, looks again. */
  async refill({ holdPrevious = true } = {}): Promise<void> {
    if (this.#left) return;
    if (this.#fetching) {
      this.#again = true;
      return;
    }
    const count = Math.min(MOST_AT_ONCE, missing(this.#state, AHEAD));
    if (count === 0) return;
    this.#fetching = true;
    this.#set({ ...this.#state, supply: 'filling' });
    try {
      this.#take(await this.#server.next(count, holdPrevious), count);
    } catch (error) {
      this.#set({ ...this.#state, supply: 'failed' });
      this.#news.onError(error);
    } finally {
      this.#fetching = false;
    }
    if (!this.#again) return;
    this.#again = false;
    if (this.#state.supply === 'ready') await this.refill();
  }

  /** Takes what the reviewer holds elsewhere. */
  takeElsewhere(): Promise<void> {
    return this.refill({ holdPrevious: false });
  }

  #take({ items, held_ids }: { items: ReviewItem[]; held_ids: string[] }, asked: number): void {
    if (this.#left) {
      this.#server.release(items.map(({ feedback }) => feedback.id));
      return;
    }
    const state = withTaken(this.#state, items);
    const here = new Set([...state.items.map(({ feedback }) => feedback.id), ...state.decided]);
    const fresh = state.items.length > this.#state.items.length;
    const supply = items.length < asked || !fresh ? 'empty' : 'ready';
    this.#set({ ...state, supply, elsewhere: held_ids.filter((id) => !here.has(id)).length });
    for (const { feedback } of items) this.#server.prepare(feedback.id);
    if (this.#goOn) this.move(1);
  }

  /** Looks at the next item, or the one before; at a next one that is on its way when it comes. */
  move(by: 1 | -1): void {
    const there = moved(this.#state, by);
    this.#goOn = by === 1 && there === this.#state && there.supply === 'filling';
    this.#set(there);
    this.#fillUp();
  }

  /** Decides about the item that is looked at. */
  decide(decision: ReviewAction): void {
    const item = currentItem(this.#state);
    if (item === null || this.#state.lost.has(item.feedback.id)) return;
    const { id } = item.feedback;
    const leaves = letsGo(decision.action);
    this.#goOn = false;
    this.#set(
      leaves
        ? withDecided(this.#state, id)
        : withChanged(this.#state, id, (before) => changedBy(before, decision)),
    );
    this.#fillUp();
    this.#writes
      .run(() => this.#server.decide(id, decision))
      .then(
        () => this.#decided(id, decision),
        (error: unknown) => this.#refused(item, error),
      );
  }

  #decided(id: string, { action }: ReviewAction): void {
    this.#news.onDecided(id, action);
    if (action === 'assign') this.#readAgain(id).catch((error: unknown) => this.#news.onError(error));
  }

  /** Whom an item was given to has a name that only the server knows. */
  async #readAgain(id: string): Promise<void> {
    const fresh = await this.#server.read(id);
    this.#set(withChanged(this.#state, id, () => fresh));
  }

  /** As it was before, and looked at, so that one sees what was not taken. */
  #refused(item: ReviewItem, error: unknown): void {
    this.#set(withOnTop(this.#state, item));
    const held = heldByOther(error);
    if (held !== null) this.#set(withLost(this.#state, [held]));
    this.#news.onError(error);
  }

  /** Takes back the last decision; the item of a single one is looked at again. */
  undo(): void {
    this.#writes
      .run(() => this.#server.undo())
      .then(async (undone) => {
        const [id] = undone.heldIds;
        if (id !== undefined) this.#set(withOnTop(this.#state, await this.#server.read(id)));
        this.#news.onUndone(undone);
      })
      .catch((error: unknown) => this.#news.onError(error));
  }

  /** Goes on holding what lies here; what others took meanwhile is said or leaves. */
  async beat(): Promise<void> {
    const ids = this.#state.items
      .map(({ feedback }) => feedback.id)
      .filter((id) => !this.#state.lost.has(id));
    if (ids.length === 0 || this.#left) return;
    const { refused } = await this.#server.renew(ids);
    this.#set(withLost(this.#state, refused));
    this.#fillUp();
  }

  /** After so long that nothing is held any more: keeps what is looked at, if it is still to be had, and fetches anew. */
  async resume(): Promise<void> {
    const current = currentItem(this.#state);
    this.#set({ ...clearDesk, decided: this.#state.decided });
    await this.open(current?.feedback.id ?? null);
    const again = currentItem(this.#state);
    if (current === null || again === null || again.feedback.status === current.feedback.status) return;
    this.#server.release([again.feedback.id]);
    this.#set(withoutItem(this.#state, again.feedback.id));
    this.#fillUp();
  }

  /** Lets everything go that lies here. */
  leave(): void {
    this.#left = true;
    const ids = this.#state.items.map(({ feedback }) => feedback.id);
    if (ids.length > 0) this.#server.release(ids);
  }

  async #putOnTop(id: string): Promise<void> {
    try {
      const { refused } = await this.#server.renew([id]);
      const item = await this.#server.read(id);
      if (this.#left) {
        this.#server.release([id]);
        return;
      }
      this.#set(withLost(withOnTop(this.#state, item), refused));
    } catch (error) {
      this.#news.onError(error);
    }
  }

  #fillUp(): void {
    if (this.#state.supply === 'ready') this.refill().catch((error: unknown) => this.#news.onError(error));
  }

  #set(state: DeskState): void {
    this.#state = state;
    for (const changed of this.#watchers) changed();
  }
}
