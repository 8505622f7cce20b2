import DOMPurify from 'dompurify';
import { codeAttribute } from '../markdown/markdownIt.ts';

/** What Markdown makes, and nothing that loads, runs, sends or leads anywhere. */
const tags = 'p br hr blockquote ul ol li h3 h4 h5 h6 div span strong em s code table thead tbody tr th td'.split(' ');
const classes = ['link', 'address'];

const purifier = DOMPurify(window);
purifier.addHook('uponSanitizeAttribute', (_element, event) => {
  if (event.attrName === 'class') event.keepAttr = classes.includes(event.attrValue);
});

/** The markup as nodes that nothing hostile survived in: the second of three walls, after Markdown and before the policy. */
export function sanitized(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['class', 'start', codeAttribute],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
