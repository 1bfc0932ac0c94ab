import { seededRandom } from '../random.ts';

/** One answer of a simulated month, with what a person said of it. */
export interface SimulatedAnswer {
  /** Minutes since the month began, on a Monday at midnight. */
  readonly minute: number;
  readonly failed: boolean;
  readonly seconds: number;
  /** 0 to 1. */
  readonly reward: number;
  /** Stars; null where nobody said anything. */
  readonly rating: number | null;
}

export const DAY = 1440;
const PEAK = 2.5;
/** People give unlike many ratings and are unlike strict. */
const PEOPLE = 300;

/**
 * Normal traffic, seeded: nothing from midnight to six, a hump over the day, two fifths of it on Saturdays and Sundays;
 * answers that take 0.7 s at the median and 1.6 s at the 95th percentile, 1 in 500 fails; one in seven is rated (fewer at
 * weekends), 4.1 stars on average, by people of whom a fifth gives most ratings, each with a level of their own; rewards
 * that know some of what people will say, and are a little lower at weekends.
 */
export function monthOfTraffic(seed: number, days = 30): SimulatedAnswer[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const strictness = Array.from({ length: PEOPLE }, () => 0.4 * normal());
  const answers: SimulatedAnswer[] = [];
  for (let day = 0; day < days; day++) {
    const isWeekend = day % 7 >= 5;
    const busy = (isWeekend ? 0.4 : 1) * Math.exp(0.15 * normal());
    const willing = (isWeekend ? 0.12 : 0.15) * Math.exp(0.08 * normal());
    for (let minute = 360; minute < DAY; minute++) {
      const expected = PEAK * busy * Math.sin((Math.PI * (minute - 360)) / (DAY - 360));
      for (let n = poisson(expected, random); n > 0; n--) {
        const person = Math.floor(PEOPLE * random() ** 3);
        const quality = normal() - (isWeekend ? 0.1 : 0);
        const liking = 4.45 + 0.5 * quality + strictness[person]! + 0.9 * normal();
        answers.push({
          minute: day * DAY + minute,
          failed: random() < 0.002,
          seconds: 0.7 * Math.exp(0.5 * normal()),
          reward: 1 / (1 + Math.exp(-(0.8 + 0.7 * quality + 0.5 * normal()))),
          rating: random() < willing ? Math.min(5, Math.max(1, Math.round(liking))) : null,
        });
      }
    }
  }
  return answers;
}

/** Knuth's way, for small means. */
function poisson(mean: number, random: () => number): number {
  const bound = Math.exp(-mean);
  let n = 0;
  for (let product = random(); product > bound; product *= random()) n++;
  return n;
}
