/**
 * Sets this process's clock back, so that a server in it lives through weeks in seconds. Import it before the server:
 * who keeps `Date.now` for later then keeps the one that can be moved. Threads and the database keep the real time.
 */
const DAY_MS = 86_400_000;
const RealDate = Date;
let daysAgo = 0;
const now = () => RealDate.now() - daysAgo * DAY_MS;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, made) =>
    given.length === 0 ? new target(now()) : Reflect.construct(target, given, made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

const started = performance.timeOrigin;
Object.defineProperty(performance, 'timeOrigin', { get: () => started - daysAgo * DAY_MS });

/** From now on it is this many days ago; 0 for the real time. Ids stay in order only while it goes forward. */
export function goBackTo(days: number): void {
  daysAgo = days;
}
