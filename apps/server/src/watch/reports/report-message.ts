import type { Report } from '@attune/contracts';
import type { Outgoing } from '../alerts/send-message.ts';
import { type Block, blocksOf } from './report-blocks.ts';
import { htmlOf } from './report-html.ts';
import { markdownOf } from './report-markdown.ts';
import { titleOf } from './report-words.ts';

/** Slack takes 3,000 characters a block. */
const SLACK_CHARACTERS = 3000;

/** A report in the forms that channels take: `{type: "report", organization, report}` for webhooks. */
export function reportOutgoing(id: string, organization: string, report: Report): Outgoing {
  const blocks = blocksOf(report);
  const title = titleOf(report);
  const brief = briefly(blocks).slice(0, SLACK_CHARACTERS);
  return {
    id,
    body: { type: 'report', organization, report },
    slack: {
      text: title,
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: title } },
        { type: 'section', text: { type: 'plain_text', text: brief } },
      ],
    },
    mail: { subject: `Attune: ${title}`, text: markdownOf(blocks), html: htmlOf(blocks) },
  };
}

/** What changed and what is proposed: all up to the second heading. */
function briefly(blocks: readonly Block[]): string {
  const headings = blocks.flatMap(({ kind }, index) => (kind === 'heading' ? index : []));
  return blocks
    .slice(1, headings[1])
    .flatMap((block) => {
      if (block.kind === 'list') return block.items.map((item) => `• ${item}`);
      return block.kind === 'table' || block.kind === 'quotes' ? [] : block.text;
    })
    .join('\n');
}
