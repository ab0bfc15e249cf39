/** Says, on a page that another page shows in a frame, where the run is kept, and offers the page a window of its own. */
import { find, make } from './dom.ts';

/** A page may look at the address of one from its own place, and of no other. */
function isOfThisSite(): boolean {
  try {
    return top?.location.origin === location.origin;
  } catch {
    return false;
  }
}

const words = isOfThisSite()
  ? 'Another page of this site shows this one in a frame. What you tick and enter is kept in this browser, as in a window of its own.'
  : 'A page of another site shows this one in a frame. Your browser may keep what you tick and enter here apart from what this site’s own windows keep, or not at all.';

const own = make(
  'a',
  { class: 'rb-button', target: '_blank', rel: 'noopener', href: location.href },
  'Open it in a tab of its own',
);
find(document, '.rb-header')?.after(
  make('aside', { class: 'rb-notice rb-framed rb-screen', 'aria-label': 'In a frame' }, make('p', {}, words), own),
);
