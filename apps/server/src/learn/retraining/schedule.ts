import { AttuneError, type RetrainingTrigger } from '@attune/contracts';
import { CronExpressionParser } from 'cron-parser';

/**
 * The first time of a rule's schedule after a moment; null where it has none.
 * @throws AttuneError `invalid_request` when the expression or the time zone is none
 */
export function nextTime({ cron, time_zone }: RetrainingTrigger, after: Date): Date | null {
  if (cron === null) return null;
  if (cron.trim().split(/\s+/).length !== 5) throw refused('a schedule has five fields, as 0 3 * * 1');
  try {
    return CronExpressionParser.parse(cron, { currentDate: after, tz: time_zone }).next().toDate();
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function refused(why: string): AttuneError {
  return new AttuneError('invalid_request', { param: 'trigger.cron', message: `\`trigger.cron\`: ${why}` });
}
