import { InOrder } from './in-order.ts';

/** Every decision and undo of this tab, in the order in which they were made. */
export const writes = new InOrder();
