const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal) => String.fromCodePoint(Number(decimal)))
    .replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity);
}

/** Paragraphs and headings become blocks, list items lines that begin with a dash; other tags leave no trace. */
function readable(html: string): string {
  const marked = html
    .replace(/\s+/g, ' ')
    .replace(/<li\b[^>]*>(\s*<p\b[^>]*>)?/gi, '\n- ')
    .replace(/<br\b[^>]*>/gi, '\n')
    .replace(/<\/?(p|ul|ol|h\d|blockquote|div|table|tr)\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '');
  return decodeEntities(marked)
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/\n{2,}(?=- )/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * A passage as a person reads it: page title, section headings, a blank line, then the text.
 *
 * The HTML is the source because the plain text beside it breaks lines at column 79, which would look like structure.
 */
export function passageText(title: string, headers: string[], html: string): string {
  const headings = [title, ...headers].map((line) => line.trim()).filter((line) => line !== '');
  return [headings.join('\n'), readable(html)].filter((part) => part !== '').join('\n\n');
}
