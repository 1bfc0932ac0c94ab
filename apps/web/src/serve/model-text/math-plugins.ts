import type { Options } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import 'katex/dist/katex.min.css';

/** Formulas between double dollars, drawn by KaTeX; commands that would fetch or link something are not trusted. */
export const mathPlugins = {
  remark: [[remarkMath, { singleDollarTextMath: false }]] satisfies Options['rehypePlugins'],
  rehype: [
    [rehypeKatex, { trust: false, maxSize: 20, maxExpand: 500, errorColor: 'currentColor' }],
  ] satisfies Options['rehypePlugins'],
};
