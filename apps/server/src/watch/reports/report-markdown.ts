import type { Block } from './report-blocks.ts';

/** A document as Markdown. What people wrote stays text: no marks, no links, no HTML. */
export function markdownOf(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `# ${escaped(block.text)}`;
    case 'heading':
      return `## ${escaped(block.text)}`;
    case 'paragraph':
      return escaped(block.text);
    case 'list':
      return block.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'quotes':
      return block.items.map((item) => `> ${escaped(item)}`).join('\n>\n');
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows].map(row).join('\n');
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell === '---' ? cell : escaped(cell))).join(' | ')} |`;
}

/** On one line, with every character that could mean something made to stand for itself. */
function escaped(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&')
      .replace(/^([-+]) /, '\\$1 ')
      .replace(/^(\d+)\. /, '$1\\. ')
      // No address becomes a link.
      .replace(/:\/\//g, ':\\//')
      .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
  );
}
