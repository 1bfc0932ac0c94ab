import type { Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';

/** Colours for code whose language is named. */
export const codePlugins = {
  remark: [] satisfies Options['rehypePlugins'],
  rehype: [[rehypeHighlight, { detect: false }]] satisfies Options['rehypePlugins'],
};
